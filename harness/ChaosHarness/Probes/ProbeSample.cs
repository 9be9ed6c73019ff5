namespace ChaosHarness.Probes;

/// <summary>What a probe saw when it looked once.</summary>
/// <param name="Ok">Whether the signal was as it should be.</param>
/// <param name="Detail">What was seen, in a few words; kept for bad samples only.</param>
public readonly record struct ProbeSample(bool Ok, string? Detail = null)
{
    /// <summary>A good sample.</summary>
    public static ProbeSample Good { get; } = new(true);

    /// <summary>A bad sample.</summary>
    /// <param name="detail">What was seen.</param>
    /// <returns>The sample.</returns>
    public static ProbeSample Bad(string detail) => new(false, detail);
}
