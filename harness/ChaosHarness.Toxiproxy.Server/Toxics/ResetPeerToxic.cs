using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>Discards the first chunk, or the end, waits <c>timeout</c> ms, and resets both peers. An idle connection stays.</summary>
internal sealed class ResetPeerToxic : IToxic
{
    private static readonly ToxicAttribute Timeout = new("timeout");

    public static ToxicType Type { get; } = new("reset_peer", () => new ResetPeerToxic(), Timeout);

    public void Receive(Chunk chunk, IStage stage) => End(chunk, stage);

    public void End(Chunk end, IStage stage) => stage.EndStream(ChunkKind.Reset, end.At.AfterMilliseconds(stage[Timeout]));
}
