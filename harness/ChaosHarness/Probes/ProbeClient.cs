using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Probes;

/// <summary>A probe under way.</summary>
internal static class ProbeClient
{
    public static OpenLoopClient Of(Probe probe, RunClock clock, HistoryWriter history)
    {
        var settings = new SourceSettings(probe.Name, probe.Timeout, probe.SlowThreshold) { Interval = probe.Interval };
        return new OpenLoopClient(clock, history.Source(settings), TimeSpan.TicksPerSecond / (double)probe.Interval.Ticks, (_, token) => SampleAsync(probe, token));
    }

    private static async ValueTask<Answer> SampleAsync(Probe probe, CancellationToken cancellationToken)
    {
        // No ConfigureAwait: what a probe continues with has to come back to its own threads.
        var sample = await probe.SampleAsync(cancellationToken);
        return new Answer(sample.Ok, sample.Detail, sample.Node, null, sample.Value);
    }
}
