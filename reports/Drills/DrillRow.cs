using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Drills;

/// <summary>One experiment of a drill: the outcome that its test ended with, and its record when it came to have one.</summary>
internal sealed record DrillRow(string Name, Outcome Outcome, string? Message, RunRecord? Record)
{
    /// <summary>Whether it is one that this machine can never run, which says nothing and is nobody's fault.</summary>
    public bool IsImpossible => Outcome == Outcome.Inconclusive && Record is { Impossible: true };
}
