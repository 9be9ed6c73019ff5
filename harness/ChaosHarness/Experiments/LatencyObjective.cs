using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>How quick the system stays from the strike to the end of observing.</summary>
/// <param name="Percentile">Which share of the requests, more than 0 and at most 100.</param>
/// <param name="Limit">The longest that they may take.</param>
public sealed record LatencyObjective(double Percentile, TimeSpan Limit)
{
    /// <summary>Reads an objective.</summary>
    /// <param name="text">Such as <c>p99 500ms</c> or <c>p99.9 2s</c>.</param>
    /// <returns>The objective.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static LatencyObjective Parse(string text) =>
        (text ?? "").Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [['p' or 'P', .. var share], var limit]
        && double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile)
        && percentile is > 0 and <= 100
        && DurationText.TryParse(limit, out var duration)
        && duration > TimeSpan.Zero
            ? new LatencyObjective(percentile, duration)
            : throw new FormatException($"'{text}' is not a latency objective. Write a percentile and a duration, such as 'p99 500ms'.");

    /// <summary>As it is written for <see cref="Parse"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p{Percentile:0.###} {DurationText.Format(Limit)}");
}
