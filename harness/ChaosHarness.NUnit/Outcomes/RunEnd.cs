using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Outcomes;

/// <summary>How one run of a test ended, as far as its test is concerned.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why; null when it passed.</param>
/// <param name="IsImpossible">Whether it can never run on this machine.</param>
internal sealed record RunEnd(Outcome Outcome, string? Reason, bool IsImpossible = false)
{
    /// <summary>What was seen of each objective that was missed.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    public static RunEnd Of(RunRecord run) => new(run.Outcome, run.Reason, run.Impossible) { Missed = [.. run.Verdicts.Where(verdict => !verdict.Met).Select(verdict => verdict.Actual)] };

    public static RunEnd Of(ExperimentResult run) => new(run.Outcome, run.Reason);

    /// <summary>Whether a message says why the run failed.</summary>
    public bool IsToldBy(string? message) =>
        message is not null && (Reason is null || message.Contains(Reason, StringComparison.Ordinal) || (Missed.Count > 0 && Missed.All(actual => message.Contains(actual, StringComparison.Ordinal))));
}
