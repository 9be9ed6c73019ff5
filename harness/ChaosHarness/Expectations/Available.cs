using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;

namespace ChaosHarness.Expectations;

/// <summary>Expects a signal to stay available from the first strike to the end of observing. When nothing was due nobody knows, and it is missed.</summary>
public static class Available
{
    /// <summary>At least this share of what the judged signal was due to send is answered well.</summary>
    /// <param name="percentage">Such as <c>99.9%</c>, compared as it is written.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AtLeast(string percentage) => Expect(null, percentage);

    /// <summary>At least this share of what the judged signal was due to send is answered well.</summary>
    /// <param name="ratio">0 to 1, such as 0.999; read as it is written.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AtLeast(double ratio) => Expect(null, ratio);

    /// <summary>Names the signal.</summary>
    /// <param name="source">A probe or workload of the experiment.</param>
    /// <returns>What can be expected of it.</returns>
    public static AvailableSignal Of(string source) => new(source);

    internal static Expectation Expect(string? source, string percentage) => Percentage.TryParse(percentage, out var least)
        ? Expect(source, least, null)
        : Expect(source, least, $"Available.AtLeast: {Percentage.Mistake(percentage)}");

    internal static Expectation Expect(string? source, double ratio) => Percentage.TryFrom(ratio, out var least)
        ? Expect(source, least, null)
        : Expect(source, least, string.Create(CultureInfo.InvariantCulture, $"Available.AtLeast: a ratio is 0 to 1, not {ratio}. Write 0.999 or \"99.9%\"."));

    private static Expectation Expect(string? source, Percentage least, string? mistake) => Expectation.Of(
        new Availability(source),
        source is null ? $"available at least {least}" : $"{source} available at least {least}",
        finding => new Judgement(
            finding.Share.IsAtLeast(least),
            finding.ToString(),
            MissedBy(finding.Share, least),
            Held.FigureOf(finding, FigureNames.Availability),
            (double)least.Ratio))
        .WithMistakes(mistake);

    // In requests: how many more would have had to be good. A difference of percentages says less than it seems to.
    private static string? MissedBy(Share share, Percentage least) => share.Due > 0 && decimal.Ceiling(least.Ratio * share.Due) - share.Good is > 0 and var missing
        ? string.Create(CultureInfo.InvariantCulture, $"{missing} of {share.Due} requests")
        : null;
}
