namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>A stretch of time in which the simulated system is down, in ticks: up again at the end.</summary>
internal readonly record struct Outage(long Start, long End, OutageKind Kind)
{
    public bool Covers(long at) => at >= Start && at < End;
}
