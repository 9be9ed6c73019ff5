namespace ChaosHarness.Experiments;

/// <summary>The system under test was not as the hypothesis has it.</summary>
internal sealed class CheckFailedException(string message) : Exception(message);
