namespace ChaosHarness.Experiments;

/// <summary>A step of a scenario that was not run.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Why">Why it was left out.</param>
public sealed record LeftOutStep(string Step, int Number, string Why);
