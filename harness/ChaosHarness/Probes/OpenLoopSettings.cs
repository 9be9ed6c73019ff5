namespace ChaosHarness.Probes;

/// <summary>What an open loop needs to know, whether a probe or a workload drives it.</summary>
internal sealed record OpenLoopSettings(string Name, double PerSecond, TimeSpan Timeout, TimeSpan? SlowThreshold)
{
    public static OpenLoopSettings For(Probe probe) =>
        new(probe.Name, TimeSpan.TicksPerSecond / (double)probe.Interval.Ticks, probe.Timeout, probe.SlowThreshold);
}
