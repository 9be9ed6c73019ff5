namespace ChaosHarness.Histories;

/// <summary>How long nothing bad may be seen before a recovery counts: both must be reached.</summary>
/// <param name="Observations">Good observations in a row, at least 1.</param>
/// <param name="Duration">The time they span, from the first being due to the last being complete.</param>
public readonly record struct Stability(int Observations, TimeSpan Duration)
{
    /// <summary>10 observations and 1 s.</summary>
    public static Stability Default { get; } = new(10, TimeSpan.FromSeconds(1));
}
