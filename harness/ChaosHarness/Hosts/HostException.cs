namespace ChaosHarness.Hosts;

/// <summary>A host could not be reached, or did not do in its time what it was asked for.</summary>
/// <param name="message">What happened, and what to do about it.</param>
/// <param name="inner">What was behind it.</param>
public sealed class HostException(string message, Exception? inner = null) : Exception(message, inner);
