namespace ChaosHarness.Scenarios;

/// <summary>A scenario ended before all of its steps were run, and not for what one of them came to.</summary>
/// <param name="message">Why.</param>
public sealed class ScenarioEndedException(string message) : Exception(message);
