using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Drills;

/// <summary>How a drill went, counted as <c>dotnet test</c> counts.</summary>
/// <param name="Passed">Experiments that passed.</param>
/// <param name="Failed">Those whose test failed, whatever for.</param>
/// <param name="Skipped">The others: they could not be run here, or say nothing and are not to fail this profile.</param>
/// <param name="How">Those that failed, by their outcomes: <c>1 failed, 2 inconclusive</c>.</param>
internal readonly record struct DrillCount(int Passed, int Failed, int Skipped, string How = "")
{
    public static DrillCount Of(IReadOnlyList<DrillRow> rows) => new(
        rows.Count(row => !row.HasFailed && row.Outcome == Outcome.Passed),
        rows.Count(row => row.HasFailed),
        rows.Count(row => !row.HasFailed && row.Outcome != Outcome.Passed),
        string.Join(", ", rows.Where(row => row.HasFailed).GroupBy(row => row.Outcome).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {(group.Key == Outcome.Passed ? "failed" : group.Key.ToString().ToLowerInvariant())}"))));

    /// <summary>0 when something passed and nothing failed; where nothing passed nothing was tested, which is no success.</summary>
    public int ExitCode => Failed == 0 && Passed > 0 ? 0 : 1;

    /// <summary>Such as <c>3 of 5 passed, 1 failed, 1 skipped</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed} of {Passed + Failed + Skipped} passed")
        + (Failed > 0 ? $", {How}" : "") + (Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Skipped} skipped") : "");
}
