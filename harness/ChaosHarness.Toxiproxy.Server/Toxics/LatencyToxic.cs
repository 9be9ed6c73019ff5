using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// Every chunk arrives <c>latency</c> ms later, give or take a whole number of milliseconds drawn evenly from [-<c>jitter</c>, <c>jitter</c>).
/// Order is kept; throughput is not limited. A bare end of the stream is not delayed.
/// </summary>
internal sealed class LatencyToxic : IToxic
{
    private static readonly ToxicAttribute Latency = new("latency");
    private static readonly ToxicAttribute Jitter = new("jitter");

    public static ToxicType Type { get; } = new("latency", () => new LatencyToxic(), Latency, Jitter) { Buffer = 1024 };

    public void Receive(Chunk chunk, IStage stage)
    {
        double delay = stage[Latency];
        var jitter = stage[Jitter];
        if (jitter > 0)
        {
            delay += stage.Chance.Between(-jitter, jitter);
        }

        stage.Pass(chunk, chunk.At.AfterMilliseconds(delay));
    }
}
