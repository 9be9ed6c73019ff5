using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>Passes exactly <c>bytes</c> bytes, counted since it was there, and closes. An update keeps the count.</summary>
internal sealed class LimitDataToxic : IToxic
{
    private static readonly ToxicAttribute Bytes = new("bytes");
    private long _passed;

    public static ToxicType Type { get; } = new("limit_data", () => new LimitDataToxic(), Bytes);

    public void Receive(Chunk chunk, IStage stage)
    {
        var left = Math.Max(0, Math.Max(0, stage[Bytes]) - _passed);
        var length = (int)Math.Min(left, chunk.Data.Length);
        if (length > 0)
        {
            stage.Pass(chunk with { Data = chunk.Data[..length] }, chunk.At);
            _passed += length;
        }

        if (length == left)
        {
            stage.EndStream(ChunkKind.Close, chunk.At);
        }
    }
}
