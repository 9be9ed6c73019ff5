namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>What the API offers and asks for.</summary>
/// <param name="ProxyMetrics">Whether /metrics shows bytes.</param>
/// <param name="RuntimeMetrics">Whether /metrics shows the process.</param>
/// <param name="Token">The bearer token that every request must carry; null for none.</param>
internal sealed record ApiOptions(bool ProxyMetrics, bool RuntimeMetrics, string? Token);
