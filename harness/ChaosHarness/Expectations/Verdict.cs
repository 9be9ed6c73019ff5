using ChaosHarness.Checkers;

namespace ChaosHarness.Expectations;

/// <summary>How an expectation was met.</summary>
/// <param name="Objective">What was wanted, such as <c>orders recovered within 30s</c>.</param>
/// <param name="Actual">What was found.</param>
/// <param name="Met">Whether it was met.</param>
public sealed record Verdict(string Objective, string Actual, bool Met)
{
    /// <summary>By how much it was missed; null when it was met or that cannot be said.</summary>
    public string? MissedBy { get; init; }

    /// <summary>What its signals saw that was not good, the most frequent first, such as <c>51 of 51: HTTP 404</c>.</summary>
    public IReadOnlyList<string> Seen { get => field ?? []; init; }

    /// <summary>The figures of the finding that it was held against.</summary>
    public IReadOnlyList<Figure> Figures { get => field ?? []; init; }

    /// <summary>The one of them that decided, if one did.</summary>
    public Figure? Decisive { get; init; }

    /// <summary>What that was held against, in its unit.</summary>
    public double? Limit { get; init; }

    /// <summary>The parts, where it is one expectation and another.</summary>
    public IReadOnlyList<Verdict> Parts { get => field ?? []; init; }
}
