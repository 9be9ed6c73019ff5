namespace ChaosHarness.Live;

/// <summary>How near a stop condition is to halting a run.</summary>
/// <param name="Name">What it watches.</param>
/// <param name="Used">How much of the way is used up, 0 to 1.</param>
public sealed record LiveStop(string Name, double Used);
