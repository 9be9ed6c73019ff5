using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>Experiments side by side, each with an instance of its own.</summary>
[Explicit("Run by other tests.")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class ParallelSubjects : QuickExperiments
{
    [Experiment(Rto = "10s"), TestCase("a"), TestCase("b"), TestCase("c")]
    public async Task Side_by_side(string name, CancellationToken halt)
    {
        var run = await Quick.RunAsync(halt);
        Assert.That((run.Outcome, Rto), Is.EqualTo((Outcome.Passed, TimeSpan.FromSeconds(10))), name);
    }
}
