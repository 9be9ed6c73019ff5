namespace ChaosHarness.Experiments;

/// <summary>A run that was never injected, was halted, or broke says nothing about the system, so nothing can be held against it.</summary>
/// <param name="result">The run.</param>
public sealed class NotJudgedException(ExperimentResult result) : Exception($"{result?.Outcome}: {result?.Reason}")
{
    /// <summary>How the run ended.</summary>
    public Outcome Outcome { get; } = result?.Outcome ?? Outcome.Broken;
}
