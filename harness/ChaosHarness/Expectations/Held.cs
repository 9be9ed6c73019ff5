using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Holds times and counts that are known between bounds against limits: always on the bound that makes it no better than it was.</summary>
internal static class Held
{
    public static Judgement Within(Bounds? actual, string words, TimeSpan limit, Figure? figure) => new(
        actual?.AtMost(limit) ?? false,
        words,
        actual switch
        {
            { Upper: { } upper } when upper > limit => DurationText.Format(upper - limit),
            { Upper: null, Lower: var lower } when lower > limit => $"at least {DurationText.Format(lower - limit)}",
            _ => null,
        },
        figure,
        limit.TotalSeconds);

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
