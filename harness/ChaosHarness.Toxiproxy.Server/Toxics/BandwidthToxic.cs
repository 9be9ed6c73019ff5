using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// At most <c>rate</c> KB (1000 bytes) a second, for each connection. What takes longer than 100 ms goes in pieces of 100 ms.
/// Rate 0 stalls: nothing passes, nothing is dropped.
/// </summary>
internal sealed class BandwidthToxic : IToxic
{
    private const int PieceMilliseconds = 100;

    // A sender that follows this soon kept the line busy: what it was late, it was because we were. Otherwise every late timer would cost throughput.
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(20);
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

        var free = _free is { } busyUntil && chunk.At - busyUntil <= Busy ? busyUntil : chunk.At;
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
