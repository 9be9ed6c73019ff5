namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Redis answered with an error.</summary>
internal sealed class RedisErrorException(string message) : Exception(message);
