using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Expects a system to come back without help.</summary>
public static class Healed
{
    /// <summary>The judged signal is served again before anything is undone; one that was never interrupted is, too.</summary>
    public static Expectation ByItself => Expect(null);

    /// <summary>A signal is served again before anything is undone; one that was never interrupted is, too.</summary>
    /// <param name="source">A probe or workload of the experiment.</param>
    /// <returns>The expectation.</returns>
    public static Expectation ByItselfOn(string source) => Expect(source);

    private static Expectation Expect(string? source) => Expectation.Of(
        new RecoveryChecker(source),
        source is null ? "healed by itself" : $"{source} healed by itself",
        finding => new Judgement(
            finding is { IsMeasured: true, Recovered: true } && finding.HealedByItself is not false,
            Words(finding),
            null,
            Held.FigureOf(finding, FigureNames.HealedByItself),
            1));

    private static string Words(RecoveryFinding finding) => finding switch
    {
        { HealedByItself: false, AfterRevert.Upper: { } upper } => $"served again {DurationText.Format(upper)} after the way back began",
        { HealedByItself: false } => $"not by itself: {finding}",
        _ => finding.ToString(),
    };
}
