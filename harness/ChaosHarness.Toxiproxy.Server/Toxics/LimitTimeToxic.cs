using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>Data passes for <c>time</c> ms, counted since it was there; then the connection closes. An update keeps the count.</summary>
internal sealed class LimitTimeToxic : IToxic
{
    private static readonly ToxicAttribute Time = new("time") { Minimum = 0 };
    private TimeSpan? _began;

    public static ToxicType Type { get; } = new("limit_time", () => new LimitTimeToxic(), Time);

    public void Start(IStage stage)
    {
        _began ??= stage.Moment;
        stage.SetAlarm(Moments.Later(stage.Moment, _began.Value.AfterMilliseconds(stage[Time])));
    }

    public void Alarm(IStage stage) => stage.EndStream(ChunkKind.Close, stage.Moment);
}
