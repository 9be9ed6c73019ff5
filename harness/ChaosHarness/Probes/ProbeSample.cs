namespace ChaosHarness.Probes;

/// <summary>What a probe saw when it looked once.</summary>
/// <param name="Ok">Whether the signal was as it should be.</param>
/// <param name="Detail">What was seen, in a few words; kept for bad samples only.</param>
public readonly record struct ProbeSample(bool Ok, string? Detail = null)
{
    /// <summary>A good sample.</summary>
    public static ProbeSample Good { get; } = new(true);

    /// <summary>The number that was read, where the probe reads one.</summary>
    public double? Value { get; init; }

    /// <summary>Who answered, if known.</summary>
    public string? Node { get; init; }

    /// <summary>A bad sample.</summary>
    /// <param name="detail">What was seen.</param>
    /// <returns>The sample.</returns>
    public static ProbeSample Bad(string detail) => new(false, detail);

    /// <summary>A good sample that is a number, such as the length of a queue or a version that was read.</summary>
    /// <param name="value">The number.</param>
    /// <param name="node">Who answered, if known.</param>
    /// <returns>The sample.</returns>
    public static ProbeSample Read(double value, string? node = null) => new(true) { Value = value, Node = node };
}
