namespace ChaosHarness.Systems;

/// <summary>A signal placed on the clock of a run.</summary>
/// <param name="At">Time since the start of the run.</param>
/// <param name="Signal">What was said.</param>
public sealed record TimedSignal(TimeSpan At, Signal Signal);
