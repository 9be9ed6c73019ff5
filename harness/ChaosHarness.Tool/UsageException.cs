namespace ChaosHarness.Tool;

/// <summary>What a command was asked for cannot be done as it was asked; the message says what to do instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
