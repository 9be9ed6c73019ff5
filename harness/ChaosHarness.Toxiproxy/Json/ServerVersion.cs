namespace ChaosHarness.Toxiproxy.Json;

/// <summary>The answer to a question for the version.</summary>
/// <param name="Version">Such as 2.12.0.</param>
internal sealed record ServerVersion(string? Version);
