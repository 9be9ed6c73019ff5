namespace ChaosHarness.Schedules;

/// <summary>Something of a schedule could not be done as it was planned.</summary>
internal sealed class StrikeFailedException(string message) : Exception(message);
