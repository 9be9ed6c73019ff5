namespace ChaosHarness.SteadyState;

/// <summary>One condition as it was found in a window.</summary>
/// <param name="Condition">What must hold.</param>
/// <param name="Actual">What was measured.</param>
/// <param name="Holds">Whether it did.</param>
public sealed record SteadyStateReading(string Condition, string Actual, bool Holds);
