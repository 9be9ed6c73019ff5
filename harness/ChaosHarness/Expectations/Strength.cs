using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>How strong a step of a ramp is, read from what it is called: a duration, a percentage or a number.</summary>
internal readonly record struct Strength(double Value, Unit Unit)
{
    public static bool TryParse(string? text, out Strength strength)
    {
        (strength, var isOne) = text switch
        {
            _ when Percentage.TryParse(text, out var percentage) => (new Strength((double)percentage.Ratio, Unit.Ratio), true),
            _ when DurationText.TryParse(text, out var duration) => (new Strength(duration.TotalSeconds, Unit.Seconds), true),
            _ when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => (new Strength(number, Unit.Count), true),
            _ => (default, false),
        };
        return isOne;
    }

    public static bool IsIn(Unit unit, string? text) => TryParse(text, out var strength) && strength.Unit == unit;

    public static string? Mistake(string option, string? text) =>
        TryParse(text, out _) ? null : $"{option}: '{text}' is no strength of a step. Write a duration, a percentage or a number, as the ramp does: 25ms, 10% or 4.";
}
