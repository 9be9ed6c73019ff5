namespace ChaosHarness.Experiments;

/// <summary>A fault could not be undone: more urgent than anything else the run found.</summary>
internal sealed class RevertFailedException(string message) : Exception(message);
