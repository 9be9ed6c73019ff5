using ChaosHarness.Experiments;

namespace ChaosHarness.Live;

/// <summary>How a test ended.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reason">Why; null when it passed.</param>
public sealed record LiveEnd(string Name, Outcome Outcome, string? Reason);
