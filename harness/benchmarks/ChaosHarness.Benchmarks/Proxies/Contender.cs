namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>A way from the client to the servers: straight, or through a proxy.</summary>
/// <param name="Name">For people.</param>
/// <param name="Echo">The port that leads to the server that sends everything back.</param>
/// <param name="Sink">The port that leads to the server that only reads.</param>
/// <param name="Web">The port that leads to the web server.</param>
/// <param name="ProcessId">The proxy's process; null when it is none, or this one.</param>
internal sealed record Contender(string Name, int Echo, int Sink, int Web, int? ProcessId);
