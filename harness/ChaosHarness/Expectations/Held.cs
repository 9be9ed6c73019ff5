using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Holds times and counts that are known between bounds against limits: always on the bound that makes it no better than it was.</summary>
internal static class Held
{
    public static Judgement Within(Bounds? actual, string words, TimeSpan limit, Figure? figure) =>
        new(actual?.AtMost(limit) ?? false, words, MissedBy(actual, limit), figure, limit.TotalSeconds);

    /// <summary>The same for an objective of where the system is slower: held against what was seen divided by the speed, and told for both.</summary>
    public static Judgement Within(Bounds? actual, string words, TimeLimit limit, Figure? figure, double speed)
    {
        var judged = Within(actual, words, limit.Time / speed, figure);
        return speed == 1 ? judged : judged with
        {
            MissedBy = MissedBy(actual?.Times(speed), limit.Time),
            Actual = $"{words} ({string.Create(CultureInfo.InvariantCulture, $"{speed:0.###}")} times as fast{(actual is { } seen ? $": {seen.Times(speed)}" : "")}, so {limit.Text} is {DurationText.Format(limit.Time / speed)} here)",
        };
    }

    private static string? MissedBy(Bounds? actual, TimeSpan limit) => actual switch
    {
        { Upper: { } upper } when upper > limit => DurationText.Format(upper - limit),
        { Upper: null, Lower: var lower } when lower > limit => $"at least {Outward.AtLeast(lower - limit)}",
        _ => null,
    };

    public static Judgement AtMost(long? actual, string words, long most, Figure? figure) => new(
        actual <= most,
        words,
        actual > most ? (actual.Value - most).ToString(CultureInfo.InvariantCulture) : null,
        figure,
        most);

    public static Judgement AtLeast(long? actual, string words, long least, Figure? figure) => new(
        actual >= least,
        words,
        actual < least ? (least - actual.Value).ToString(CultureInfo.InvariantCulture) : null,
        figure,
        least);

    public static Figure? FigureOf(Finding finding, string name) => finding.Figures.FirstOrDefault(figure => figure.Name == name);

    public static Figure? FigureOf(Finding finding, string name, string subject) =>
        finding.Figures.FirstOrDefault(figure => figure.Name == name && figure.Subject == subject);
}
