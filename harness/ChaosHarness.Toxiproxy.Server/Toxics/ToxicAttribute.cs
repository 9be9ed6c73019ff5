namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>An attribute of a type of toxic. Its default is 0 unless said otherwise.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="fallback">The value when none is given.</param>
internal sealed class ToxicAttribute(string name, decimal fallback = 0)
{
    public string Name { get; } = name;

    public decimal Default { get; } = fallback;

    /// <summary>The smallest value that has a meaning.</summary>
    public decimal Minimum { get; init; } = long.MinValue;

    /// <summary>The largest value that has a meaning.</summary>
    public decimal Maximum { get; init; } = long.MaxValue;

    /// <summary>Whether it may have decimals.</summary>
    public bool IsFraction { get; init; }
}
