using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Outcomes;

/// <summary>How one run of a test ended, as far as its test is concerned.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why; null when it passed.</param>
/// <param name="IsImpossible">Whether it can never run on this machine.</param>
internal sealed record RunEnd(Outcome Outcome, string? Reason, bool IsImpossible = false)
{
    public static RunEnd Of(RunRecord run) => new(run.Outcome, run.Reason, run.Impossible);

    public static RunEnd Of(ExperimentResult run) => new(run.Outcome, run.Reason);
}
