using ChaosHarness.Benchmarks.Recovery.Simulation;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>The benchmark's simulation, smaller and on other seeds: the truth is known, and has to lie inside.</summary>
public sealed class RecoverySimulationTests
{
    [Test]
    public void The_truth_lies_inside_the_bounds_whatever_the_outages([Values(7_001, 7_002)] int seed)
    {
        var tally = SimulationTally.Of(seed, 10_000);

        Assert.That(tally.Interrupted, Is.GreaterThan(tally.Runs / 2));
        Assert.That(
            (tally.AboveMet, tally.AboveTurned, tally.Below, tally.OutsideAtCut, tally.LongerThanUnseen),
            Is.EqualTo((0L, 0L, 0L, 0L, 0L)));
    }
}
