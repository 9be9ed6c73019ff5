using System.Globalization;
using System.Text.RegularExpressions;

namespace ChaosHarness.Timing;

/// <summary>Durations as people write them: a number and a unit, such as <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1.5h</c> or <c>2d</c>.</summary>
public static partial class DurationText
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal) { ["d"] = 86_400, ["h"] = 3600, ["m"] = 60, ["s"] = 1, ["ms"] = 0.001, ["us"] = 0.000001 };

    /// <summary>Reads a duration.</summary>
    /// <param name="text">A non-negative number followed by us, ms, s, m, h or d, or several of them from the longest unit to the shortest, such as <c>2m 5s</c>; blanks are ignored.</param>
    /// <returns>The duration, rounded to 100 ns.</returns>
    /// <exception cref="FormatException">The text is no duration; the message shows it and the form expected.</exception>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"'{text}' is not a duration. Write a number and a unit: 500us, 250ms, 30s, 5m, 2m 5s, 1.5h or 2d.");

    /// <summary>Reads a duration, or says that the text is none.</summary>
    /// <param name="text">See <see cref="Parse"/>; null is no duration.</param>
    /// <param name="duration">The duration, or zero.</param>
    /// <returns>Whether the text was a duration.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = Form().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        double ticks = 0;
        var finest = double.PositiveInfinity;
        foreach (var (number, unit) in match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures))
        {
            var seconds = Units[unit.Value.ToLowerInvariant()];
            if (seconds >= finest)
            {
                return false;
            }

            finest = seconds;
            ticks += double.Parse(number.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * seconds * TimeSpan.TicksPerSecond;
        }

        // Infinity parses too.
        if (!(ticks <= TimeSpan.MaxValue.Ticks / 2))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    /// <summary>
    /// Writes a duration with three significant figures in the unit that fits it: <c>850us</c>, <c>12.5ms</c>, <c>1.24s</c>; a longer one in its parts to the
    /// second, <c>2m 5s</c>, <c>1h 30m</c>, and from a day on to the minute: <c>2d</c>.
    /// </summary>
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
            _ => string.Join(' ', Parts(duration).Where(part => part.Count > 0).Select(part => part.Count.ToString(CultureInfo.InvariantCulture) + part.Unit)),
        };
    }

    private static (int Count, string Unit)[] Parts(TimeSpan duration) =>
        [(duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Days > 0 ? 0 : duration.Seconds, "s")];

    private static string Significant(double value) => value switch
    {
        >= 99.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    // Options given as text keep a bad one as a mistake, so that building can name all of them at once.
    internal static string Mistake(string option, string? text) => $"{option}: '{text}' is not a duration such as 250ms, 30s or 5m.";

    [GeneratedRegex(@"^\s*(?:(?<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(?<unit>us|ms|s|m|h|d)\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
