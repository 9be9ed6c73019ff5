using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// At most <c>rate</c> KB (1000 bytes) a second, for each connection. What takes longer than 100 ms goes in pieces of 100 ms.
/// Rate 0 stalls: nothing passes, nothing is dropped.
/// </summary>
internal sealed class BandwidthToxic : IToxic
{
    private const int PieceMilliseconds = 100;

    // A line that never was idle catches up with what late timers cost it, but not with more than this.
    private static readonly TimeSpan MostCredit = TimeSpan.FromSeconds(1);
    private static readonly ToxicAttribute Rate = new("rate") { Minimum = 0 };
    private TimeSpan? _free;

    public static ToxicType Type { get; } = new("bandwidth", () => new BandwidthToxic(), Rate);

    public void Start(IStage stage) => _free = null;

    public void Receive(Chunk chunk, IStage stage)
    {
        double bytesPerMillisecond = stage[Rate];
        if (bytesPerMillisecond == 0)
        {
            stage.Pass(chunk, Moments.Never);
            return;
        }

        var free = Moments.Later(_free ?? chunk.At, chunk.Follows ? chunk.At - MostCredit : chunk.At);
        var piece = (int)Math.Min(bytesPerMillisecond * PieceMilliseconds, chunk.Data.Length);
        for (var rest = chunk.Data; !rest.IsEmpty; rest = rest[Math.Min(piece, rest.Length)..])
        {
            var data = rest[..Math.Min(piece, rest.Length)];
            free = free.AfterMilliseconds(data.Length / bytesPerMillisecond);
            stage.Pass(chunk with { Data = data }, free);
        }

        _free = free;
    }
}
