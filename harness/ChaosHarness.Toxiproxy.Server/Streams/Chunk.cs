namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>One piece of a stream, or its end.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Data">The bytes; empty unless <see cref="ChunkKind.Data"/>.</param>
/// <param name="At">
/// When it arrived where it is now. A stage hands on the moment at which the chunk was due, not the moment at which a late timer noticed:
/// so delays add up exactly, and no timer's lateness is ever paid twice.
/// </param>
internal readonly record struct Chunk(ChunkKind Kind, ReadOnlyMemory<byte> Data, TimeSpan At)
{
    /// <summary>Whether the sender had it ready when the one before it had been taken: if it came late, it was because we were.</summary>
    public bool Follows { get; init; }

    /// <summary>The most bytes that one read takes, and so the largest chunk.</summary>
    public const int MaximumLength = 32 * 1024;

    public static Chunk Of(ReadOnlyMemory<byte> data, TimeSpan at) => new(ChunkKind.Data, data, at);

    public static Chunk Ending(ChunkKind kind, TimeSpan at) => new(kind, ReadOnlyMemory<byte>.Empty, at);
}
