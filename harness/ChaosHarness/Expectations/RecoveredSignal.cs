namespace ChaosHarness.Expectations;

/// <summary>What can be expected of the recovery of one signal.</summary>
/// <param name="source">A probe or workload of the experiment.</param>
public sealed class RecoveredSignal(string source)
{
    /// <summary>It recovers, for certain, within a time of the last strike.</summary>
    /// <param name="rto">Such as <c>30s</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation Within(string rto) => Recovered.Expect(source, TimeLimit.Parse("Recovered.Within", rto));

    /// <summary>It recovers, for certain, within a time of the last strike.</summary>
    /// <param name="rto">The longest that it may take.</param>
    /// <returns>The expectation.</returns>
    public Expectation Within(TimeSpan rto) => Recovered.Expect(source, TimeLimit.Of(rto));
}
