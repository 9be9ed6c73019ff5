namespace ChaosHarness.Expectations;

/// <summary>What can be expected of the availability of one signal.</summary>
/// <param name="source">A probe or workload of the experiment.</param>
public sealed class AvailableSignal(string source)
{
    /// <summary>At least this share of what it was due to send is answered well.</summary>
    /// <param name="percentage">Such as <c>99.9%</c>, compared as it is written.</param>
    /// <returns>The expectation.</returns>
    public Expectation AtLeast(string percentage) => Available.Expect(source, percentage);

    /// <summary>At least this share of what it was due to send is answered well.</summary>
    /// <param name="ratio">0 to 1, such as 0.999; read as it is written.</param>
    /// <returns>The expectation.</returns>
    public Expectation AtLeast(double ratio) => Available.Expect(source, ratio);
}
