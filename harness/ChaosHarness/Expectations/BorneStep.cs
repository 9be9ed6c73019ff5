using ChaosHarness.SteadyState;

namespace ChaosHarness.Expectations;

/// <summary>How a system bore one step of a ramp.</summary>
/// <param name="Strength">How strong it was, as the ramp has it.</param>
/// <param name="Report">The conditions while it was there.</param>
public sealed record BorneStep(string Strength, SteadyStateReport Report);
