using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>A base for classes of experiments: the objectives of the running test, to assert on.</summary>
public abstract class ExperimentFixture
{
    /// <summary>The running test's recovery time objective.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    protected static TimeSpan Rto => Objectives.Rto ?? throw new InvalidOperationException("The test's [Experiment] has no Rto.");

    /// <summary>The running test's recovery point objective.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    protected static RecoveryPointObjective Rpo => Objectives.Rpo ?? throw new InvalidOperationException("The test's [Experiment] has no Rpo.");

    /// <summary>What random choices of the running test begin with; set by <c>Chaos.Seed</c>, and part of the record.</summary>
    protected static long Seed => ExperimentRunner.Current.Options.Origin.Seed ?? 0;

    private static Objectives Objectives => ExperimentRunner.Current.Options.DefaultObjectives;
}
