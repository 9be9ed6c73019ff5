using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>Data passes; the end of the stream comes <c>delay</c> ms later.</summary>
internal sealed class SlowCloseToxic : IToxic
{
    private static readonly ToxicAttribute Delay = new("delay");

    public static ToxicType Type { get; } = new("slow_close", () => new SlowCloseToxic(), Delay);

    public void End(Chunk end, IStage stage) => stage.Pass(end, end.At.AfterMilliseconds(stage[Delay]));
}
