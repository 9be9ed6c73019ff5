using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>What can be expected of a percentile of the latency.</summary>
/// <param name="source">A probe or workload; null for the judged signal.</param>
/// <param name="percentile">More than 0, at most 100.</param>
public sealed class AnsweredPercentile(string? source, double percentile)
{
    /// <summary>It is at most so long.</summary>
    /// <param name="limit">Such as <c>500ms</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation Within(string limit) => Expect(TimeLimit.Parse("Answered.Within", limit));

    /// <summary>It is at most so long.</summary>
    /// <param name="limit">The longest.</param>
    /// <returns>The expectation.</returns>
    public Expectation Within(TimeSpan limit) => Expect(TimeLimit.Of(limit));

    private Expectation Expect(TimeLimit limit)
    {
        var mistake = percentile is > 0 and <= 100
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Answered.Percentile: a percentile is more than 0 and at most 100, not {percentile}.");
        var text = string.Create(CultureInfo.InvariantCulture, $"{(source is null ? "" : source + " ")}answered with p{percentile:0.###} within {limit.Text}");
        return Expectation.Of(new LatencyOf(source) { Also = mistake is null ? percentile : null }, text, Judge).WithMistakes(limit.Mistake, mistake);

        Judgement Judge(LatencyFinding finding) => Held.Within(
            finding.Latencies.Percentile(percentile) is { } actual ? new Bounds(actual, actual) : null,
            finding.ToString(),
            limit.Time,
            Held.FigureOf(finding, FigureNames.Latency(percentile)));
    }
}
