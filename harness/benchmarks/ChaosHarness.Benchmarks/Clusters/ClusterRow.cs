using ChaosHarness.Fixtures.Clusters;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>One row of the sweep: a fault on a cluster that is set up in one way.</summary>
/// <param name="System">Which cluster.</param>
/// <param name="Settings">How it is set up, as the table says it.</param>
/// <param name="Start">Brings one up.</param>
/// <param name="Fault">What is done to it.</param>
internal sealed record ClusterRow(string System, string Settings, Func<CancellationToken, Task<Cluster>> Start, ClusterFault Fault)
{
    /// <summary>How many times.</summary>
    public int Runs { get; init; } = 4;
}
