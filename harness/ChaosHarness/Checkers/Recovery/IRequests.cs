namespace ChaosHarness.Checkers.Recovery;

/// <summary>The requests of one source as they were known at a moment, in the order in which they were due, in chunks.</summary>
internal interface IRequests
{
    /// <summary>The moment: nothing that happened later is in it.</summary>
    TimeSpan Now { get; }

    int Chunks { get; }

    /// <summary>The summary of a chunk, where it is at hand.</summary>
    /// <param name="chunk">Which chunk.</param>
    /// <param name="summary">Its summary.</param>
    /// <returns>False when nobody has summarised it: then it is read.</returns>
    bool TrySummary(int chunk, out RequestSummary summary);

    /// <summary>Reads a chunk.</summary>
    /// <param name="chunk">Which chunk.</param>
    /// <returns>Its requests; they may be overwritten when the same thread reads the next chunk.</returns>
    ReadOnlySpan<Request> Read(int chunk);

    /// <summary>Reads the open requests of a chunk, where that costs less than reading all of it; else all of it.</summary>
    /// <param name="chunk">Which chunk.</param>
    /// <returns>At least those that are open; they may be overwritten when the same thread reads the next chunk.</returns>
    ReadOnlySpan<Request> ReadOpen(int chunk) => Read(chunk);
}
