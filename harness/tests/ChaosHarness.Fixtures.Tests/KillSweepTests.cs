using ChaosHarness.Experiments;
using ChaosHarness.KilledHosts.Sweeps;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>However and whenever the process of a run ends: every fault is undone exactly once, and the run has a record that can be read.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class KillSweepTests
{
    [TestCase("KILL", false, false, 50)]
    [TestCase("KILL", true, false, 25)]
    [TestCase("KILL", false, true, 10)]
    [TestCase("TERM", false, false, 10)]
    [TestCase("INT", true, false, 10)]
    public async Task Killed_at_any_moment_a_run_leaves_nothing_broken(string signal, bool isWatched, bool jumps, int count)
    {
        var kills = await new KillSweep(TestContext.CurrentContext.Random.Next(), signal, isWatched, jumps).RunAsync(count, sideBySide: 3);

        Assert.That(kills.SelectMany(kill => kill.Problems.Select(problem => $"{kill.Phase} {kill.Outcome}: {problem}")), Is.Empty);
        Assert.That(kills.Sum(kill => kill.Broken), Is.GreaterThan(count / 4), "some were killed while something was broken");
    }

    [Test]
    public async Task A_disk_that_is_full_from_any_moment_on_leaves_nothing_broken()
    {
        var runs = await new KillSweep(TestContext.CurrentContext.Random.Next(), disaster: TinyDisk.Mount).RunAsync(count: 12, sideBySide: 3);

        // The space that the journal had before stays its own: what is noted there may still be told.
        Assert.That(runs.SelectMany(run => run.Problems.Where(problem => !problem.StartsWith("the file ", StringComparison.Ordinal)).Select(problem => $"{run.Phase} {run.Outcome}: {problem}")), Is.Empty);
        Assert.That(runs.Sum(run => run.Broken), Is.Positive, "some had broken something by then");
        Assert.That(runs.Select(run => run.Outcome), Has.Some.Not.EqualTo(nameof(Outcome.Passed)), "and some had not");
    }
}
