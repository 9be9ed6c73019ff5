using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>A run that was inconclusive, halted or broken cannot be held against an objective.</summary>
/// <param name="result">The result.</param>
public sealed class NotJudgedException(RunRecord result) : Exception($"{result?.Outcome}: {result?.Reason}");
