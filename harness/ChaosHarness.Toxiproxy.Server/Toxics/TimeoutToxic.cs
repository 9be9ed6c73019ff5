using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// Drops all data. Closes the connection when <c>timeout</c> ms passed since the last chunk, or since the start; with 0 never.
/// Removing it closes the connection: the peers no longer agree on what was sent.
/// </summary>
internal sealed class TimeoutToxic : IToxic
{
    private static readonly ToxicAttribute Timeout = new("timeout");

    public static ToxicType Type { get; } = new("timeout", () => new TimeoutToxic(), Timeout);

    public void Start(IStage stage) => stage.SetAlarm(stage[Timeout] > 0 ? stage.Moment.AfterMilliseconds(stage[Timeout]) : Moments.Never);

    public void Receive(Chunk chunk, IStage stage) => Start(stage);

    public void Alarm(IStage stage) => stage.EndStream(ChunkKind.Close, stage.Moment);

    public void Remove(IStage stage) => stage.EndStream(ChunkKind.Close, stage.Moment);
}
