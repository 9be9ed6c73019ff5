using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// What the loss of packets does to a TCP stream: nothing is missing, but a lost segment comes after its retransmission, and everything behind it waits.
/// Each segment is lost with probability <c>loss_rate</c>; with <c>correlation</c> a segment fares like the one before it.
/// It comes <c>rto</c> ms later, twice that later again for each time its retransmission is lost too.
/// </summary>
internal sealed class PacketLossToxic : IToxic
{
    // What fits into an Ethernet frame behind the headers of IP and TCP with a timestamp.
    private const int SegmentLength = 1448;

    // Linux gives up after 15 retransmissions; six are already more than 12 seconds.
    private const int MostLosses = 6;

    private static readonly ToxicAttribute LossRate = new("loss_rate", 0.1m) { Minimum = 0, Maximum = 1, IsFraction = true };
    private static readonly ToxicAttribute Correlation = new("correlation") { Minimum = 0, Maximum = 1, IsFraction = true };
    private static readonly ToxicAttribute RetransmissionTimeout = new("rto", 200) { Minimum = 0 };
    private bool _lastWasLost;

    public static ToxicType Type { get; } = new("packet_loss", () => new PacketLossToxic(), LossRate, Correlation, RetransmissionTimeout) { Buffer = 1024 };

    public void Receive(Chunk chunk, IStage stage)
    {
        for (var rest = chunk.Data; !rest.IsEmpty; rest = rest[Math.Min(SegmentLength, rest.Length)..])
        {
            var segment = chunk with { Data = rest[..Math.Min(SegmentLength, rest.Length)] };
            stage.Pass(segment, chunk.At.AfterMilliseconds(Delay(stage)));
        }
    }

    private double Delay(IStage stage)
    {
        var repeats = stage.Chance.Next() < stage.Fraction(Correlation);
        _lastWasLost = repeats ? _lastWasLost : IsLost(stage);
        double delay = 0;
        double next = stage[RetransmissionTimeout];

        // A retransmission comes too late to share the fate of its neighbours.
        var isLost = _lastWasLost;
        for (var losses = 0; losses < MostLosses && isLost; losses++)
        {
            delay += next;
            next *= 2;
            isLost = IsLost(stage);
        }

        return delay;
    }

    private static bool IsLost(IStage stage) => stage.Chance.Next() < stage.Fraction(LossRate);
}
