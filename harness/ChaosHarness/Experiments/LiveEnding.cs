namespace ChaosHarness.Experiments;

/// <summary>How a run ended, before its test has judged it.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reason">Why; null when it passed.</param>
public sealed record LiveEnding(Outcome Outcome, string? Reason);
