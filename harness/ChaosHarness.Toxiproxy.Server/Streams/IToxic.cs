namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>
/// What a toxic does to one direction of one connection. It is asked in order, by one thread at a time, and never waits:
/// it tells its stage when a chunk is due, and the stage keeps it until then. State of its own is state of this connection.
/// </summary>
internal interface IToxic
{
    /// <summary>The connection began with it, or it was added to a living one.</summary>
    /// <param name="stage">Where it acts; its moment is now.</param>
    void Start(IStage stage)
    {
    }

    /// <summary>Bytes arrived. They pass only if handed on.</summary>
    /// <param name="chunk">The bytes.</param>
    /// <param name="stage">Where it acts; its moment is the chunk's arrival.</param>
    void Receive(Chunk chunk, IStage stage) => stage.Pass(chunk, chunk.At);

    /// <summary>The stream ended. The end passes only if handed on.</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="stage">Where it acts; its moment is the end's arrival.</param>
    void End(Chunk end, IStage stage) => stage.Pass(end, end.At);

    /// <summary>The alarm that it set went off.</summary>
    /// <param name="stage">Where it acts; its moment is the alarm's.</param>
    void Alarm(IStage stage)
    {
    }

    /// <summary>It was removed. What it still held goes on at once, unless it closes the stream here.</summary>
    /// <param name="stage">Where it acts; its moment is now.</param>
    void Remove(IStage stage)
    {
    }
}
