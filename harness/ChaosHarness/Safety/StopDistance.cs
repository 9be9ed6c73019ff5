namespace ChaosHarness.Safety;

/// <summary>How near a stop condition of a run is to halting it, and was at its nearest.</summary>
/// <param name="Name">What it watches.</param>
/// <param name="Now">What it saw last.</param>
/// <param name="Worst">The most of the way to halting that was used up so far, 0 to 1; null when that cannot be said.</param>
public sealed record StopDistance(string Name, StopReading Now, double? Worst);
