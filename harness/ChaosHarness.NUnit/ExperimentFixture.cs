using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>A base for classes of experiments: the objectives of the running test, to assert on.</summary>
public abstract class ExperimentFixture
{
    /// <summary>The running test's recovery time objective.</summary>
    /// <exception cref="InvalidOperationException">It has none, or no experiment's test is under way here.</exception>
    protected static TimeSpan Rto => Options.DefaultObjectives.Rto ?? throw new InvalidOperationException("The test's [Experiment] has no Rto.");

    /// <summary>The running test's recovery point objective.</summary>
    /// <exception cref="InvalidOperationException">It has none, or no experiment's test is under way here.</exception>
    protected static RecoveryPointObjective Rpo => Options.DefaultObjectives.Rpo ?? throw new InvalidOperationException("The test's [Experiment] has no Rpo.");

    /// <summary>The least availability that the running test promises, as a ratio.</summary>
    /// <exception cref="InvalidOperationException">It promises none, or no experiment's test is under way here.</exception>
    protected static double Availability => Options.DefaultObjectives.Availability ?? throw new InvalidOperationException("The test's [Experiment] has no Availability.");

    /// <summary>What random choices of the running test begin with; set by <c>Chaos.Seed</c>, and part of the record.</summary>
    /// <exception cref="InvalidOperationException">No experiment's test is under way here.</exception>
    protected static long Seed => Options.Origin.Seed ?? 0;

    private static RunnerOptions Options => RunScope.Current?.Options
        ?? throw new InvalidOperationException("No test of an experiment is under way here. Ask from a test that is marked [Experiment], from its [SetUp] or its [TearDown].");
}
