using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Reports.Drills;

/// <summary>One experiment of a drill.</summary>
/// <param name="Name">What its test is called.</param>
/// <param name="Outcome">The outcome that its test ended with.</param>
/// <param name="Message">What the test said.</param>
/// <param name="Record">The record of the experiment, when it came to have one.</param>
internal sealed record DrillRow(string Name, Outcome Outcome, string? Message, RunRecord? Record)
{
    /// <summary>What its test is called: several steps of a scenario are of one.</summary>
    public string Test { get; init; } = Name;

    /// <summary>Whether the test failed, as <c>dotnet test</c> counts: what could not be run at all and is not to fail a profile is skipped.</summary>
    public bool HasFailed { get; init; } = Outcome != Outcome.Passed && Record is not { Impossible: true };

    /// <summary>Whether it is one that this machine can never run, which says nothing and is nobody's fault.</summary>
    public bool IsImpossible => Outcome == Outcome.Inconclusive && Record is { Impossible: true };

    /// <summary>The test that began and has no result, as its process ended before it did; null for any other.</summary>
    public UnfinishedTest? Unfinished { get; init; }

    /// <summary>The file of its picture; null when it has none.</summary>
    public string? Timeline { get; init; }

    /// <summary>What its runs may be compared with.</summary>
    public RunSeries? Series { get; } = Record is null ? null : RunReader.Read(Record with { Observations = [], Logs = [] }).Run.Series;

    /// <summary>The figures that a line has room for; none of a run that was cut short or broke, which would be read as the system's.</summary>
    public Headlines Headlines { get; } = new(Outcome is Outcome.Passed or Outcome.Failed && Record is { } record ? record.Figures : []);

    /// <summary>Why it did not pass, in full.</summary>
    public string Why => (Record?.Reason ?? Message ?? "").Trim();

    /// <summary>Its name, with which step of how many it is where it is one.</summary>
    public string NumberedName => Record?.Step is { } step ? string.Create(CultureInfo.InvariantCulture, $"{Name} ({step.Number} of {step.Of})") : Name;

    /// <summary>
    /// Those that did not pass last, where the eye is when a list has been printed; else as they ran. The steps of a scenario stand together, in their
    /// order, where the worst of them belongs.
    /// </summary>
    public static IEnumerable<DrillRow> InReadingOrder(IEnumerable<DrillRow> rows) => rows
        .GroupBy(row => DrillScenario.KeyOf(row) ?? (object)row)
        .OrderBy(group => group.Max(row => row.HasFailed ? 2 : row.Outcome == Outcome.Passed ? 0 : 1))
        .SelectMany(group => group.OrderBy(row => row.Record?.Step?.Number ?? 0));

    /// <summary>The outcome in words, with whatever else has to be known of it.</summary>
    public string OutcomeText => Outcome == Outcome.Passed && HasFailed ? "Passed, its test failed" : Unfinished is not null || Record is { Interrupted: true } ? $"{Outcome}, the process ended" : Record is { Attempt: > 1 and var attempt } ? $"{Outcome}, attempt {attempt}" : Outcome.ToString();
}
