namespace ChaosHarness.Safety;

/// <summary>A fault that an experiment may inject: a weakness, a strike of its schedule, or a candidate for one.</summary>
/// <param name="Fault">What it does.</param>
/// <param name="Targets">What it hits.</param>
/// <param name="Impossible">Why it cannot be injected here; null when it can.</param>
internal sealed record PlannedHit(string Fault, IReadOnlyList<string> Targets, string? Impossible);
