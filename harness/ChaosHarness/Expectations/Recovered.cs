using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Recovery;

namespace ChaosHarness.Expectations;

/// <summary>Expects a signal to come back: judged on the upper bound of the recovery time actual, for which nothing is assumed.</summary>
public static class Recovered
{
    /// <summary>The judged signal recovers, for certain, within a time of the last strike.</summary>
    /// <param name="rto">Such as <c>30s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(string rto) => Expect(null, TimeLimit.Parse("Recovered.Within", rto));

    /// <summary>The judged signal recovers, for certain, within a time of the last strike.</summary>
    /// <param name="rto">The longest that it may take.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(TimeSpan rto) => Expect(null, TimeLimit.Of(rto));

    /// <summary>Names the signal.</summary>
    /// <param name="source">A probe or workload of the experiment.</param>
    /// <returns>What can be expected of it.</returns>
    public static RecoveredSignal Of(string source) => new(source);

    internal static Expectation Expect(string? source, TimeLimit limit) => Expectation.Of(
        new RecoveryChecker(source),
        source is null ? $"recovered within {limit.Text}" : $"{source} recovered within {limit.Text}",
        (finding, speed) => Held.Within(finding.IsMeasured ? finding.Actual : null, finding.ToString(), limit, Held.FigureOf(finding, FigureNames.RecoveryTime), speed))
        .WithMistakes(limit.Mistake)
        .WithRecoveryLimit(limit.Time);
}
