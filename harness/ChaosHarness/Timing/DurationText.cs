using System.Globalization;

namespace ChaosHarness.Timing;

/// <summary>Durations as people write them: a number and a unit, such as <c>250ms</c>, <c>30s</c>, <c>5m</c> or <c>1.5h</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("us", 0.000001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">A non-negative number followed by us, ms, s, m or h; blanks around either are ignored.</param>
    /// <returns>The duration, rounded to 100 ns.</returns>
    /// <exception cref="FormatException">The text is no duration; the message shows it and the form expected.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"'{text}' is not a duration. Write a number and a unit: 500us, 250ms, 30s, 5m or 1.5h.");

    /// <summary>Reads a duration, or says that the text is none.</summary>
    /// <param name="text">See <see cref="Parse"/>; null is no duration.</param>
    /// <param name="duration">The duration, or zero.</param>
    /// <returns>Whether the text was a duration.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var trimmed = text?.Trim() ?? "";
        foreach (var (unit, seconds) in Units)
        {
            if (!trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var number = trimmed[..^unit.Length].TrimEnd();
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                continue;
            }

            var ticks = value * seconds * TimeSpan.TicksPerSecond;
            // Not a number and infinity parse too.
            if (!(ticks <= TimeSpan.MaxValue.Ticks / 2))
            {
                return false;
            }

            duration = TimeSpan.FromTicks((long)Math.Round(ticks));
            return true;
        }

        return false;
    }

    /// <summary>Writes a duration with three significant figures in the unit that fits it: <c>850us</c>, <c>12.5ms</c>, <c>1.24s</c>, <c>2m 5s</c>.</summary>
    /// <param name="duration">Any duration.</param>
    /// <returns>The text.</returns>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "-" + Format(duration.Negate());
        }

        return duration switch
        {
            { Ticks: 0 } => "0s",
            { TotalMilliseconds: < 0.9995 } => Significant(duration.TotalMicroseconds) + "us",
            { TotalMilliseconds: < 999.5 } => Significant(duration.TotalMilliseconds) + "ms",
            { TotalSeconds: < 99.95 } => Significant(duration.TotalSeconds) + "s",
            _ => $"{Math.Floor(duration.TotalMinutes).ToString(CultureInfo.InvariantCulture)}m {duration.Seconds}s",
        };
    }

    private static string Significant(double value) => value switch
    {
        >= 99.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    // Options given as text keep a bad one as a mistake, so that building can name all of them at once.
    internal static string Mistake(string option, string? text) => $"{option}: '{text}' is not a duration such as 250ms, 30s or 5m.";
}
