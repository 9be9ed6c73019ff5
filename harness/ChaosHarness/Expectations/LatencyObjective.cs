using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>The longest that a percentile of the latency may be.</summary>
/// <param name="Percentile">More than 0, at most 100.</param>
/// <param name="Limit">The longest.</param>
public sealed record LatencyObjective(double Percentile, TimeSpan Limit)
{
    /// <summary>Reads an objective.</summary>
    /// <param name="text">A percentile and a time, such as <c>p99 500ms</c>.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="FormatException">The text has another form; the message says how it is written.</exception>
    public static LatencyObjective Parse(string text)
    {
        var words = (text ?? "").Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words is [['p' or 'P', .. var number], var limit]
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile)
            && percentile is > 0 and <= 100
            && DurationText.TryParse(limit, out var time)
                ? new LatencyObjective(percentile, time)
                : throw new FormatException($"'{text}' is not a latency objective. Write a percentile and a time, such as 'p99 500ms'.");
    }

    /// <summary>As it is written for <see cref="Parse"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p{Percentile:0.###} {TimeLimit.Of(Limit).Text}");
}
