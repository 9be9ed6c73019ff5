namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>A chunk that a stage keeps until it is due.</summary>
internal readonly record struct Held(Chunk Chunk, TimeSpan Due);
