using System.Globalization;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Postgres.Corruptions;

/// <summary>What noticed a corruption first.</summary>
/// <param name="By">The check, or the phase of the restore that could not go on.</param>
/// <param name="After">How long the restore of the broken copy had taken by then.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record CorruptionNotice(string By, TimeSpan After, string Detail)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"by {By}, after {DurationText.Format(After)}: {Detail}");

    /// <summary>Reads it from what became of the restore; null when nothing noticed anything.</summary>
    public static CorruptionNotice? Of(RestoreOutcome outcome)
    {
        var copy = outcome.Copy;
        // Breaking it is no part of the restore.
        var begin = copy.Phases.LastOrDefault(phase => phase.Name == "plant")?.When.End ?? copy.When.Start;
        if (copy.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            return new CorruptionNotice(failed.Name, failed.When.End - begin, failed.Detail);
        }

        if (copy.Problem is { } problem)
        {
            return new CorruptionNotice(copy.Phases is [.., { } last] ? last.Name : "restore", copy.When.End - begin, problem);
        }

        return outcome.IsSound ? null : new CorruptionNotice("writes looked up", copy.When.End - begin, outcome.ToString());
    }
}
