using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>A time that an expectation allows. Written one way however it was given, so that two that allow the same read the same.</summary>
internal readonly record struct TimeLimit(TimeSpan Time, string Text, string? Mistake)
{
    public static TimeLimit Of(TimeSpan time)
    {
        var text = DurationText.Format(time);
        return DurationText.TryParse(text, out var same) && same == time
            ? new TimeLimit(time, text, null)
            : new TimeLimit(time, string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / (decimal)TimeSpan.TicksPerSecond:0.#######}s"), null);
    }

    public static TimeLimit Parse(string option, string? text) => DurationText.TryParse(text, out var time)
        ? Of(time)
        : new TimeLimit(TimeSpan.Zero, text ?? "", DurationText.Mistake(option, text));
}
