using ChaosHarness.Probes;
using ChaosHarness.Timing;
using HdrHistogram;

namespace ChaosHarness.Measurement;

/// <summary>Latencies in a window, from due time to completion, of good and bad alike; three significant figures.</summary>
/// <param name="Count">Observations counted.</param>
/// <param name="P50">Half were at most this.</param>
/// <param name="P95">95 percent were at most this.</param>
/// <param name="P99">99 percent were at most this.</param>
/// <param name="Maximum">The slowest.</param>
public sealed record LatencySummary(long Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Maximum)
{
    /// <summary>Summarises latencies.</summary>
    /// <param name="observations">One signal's observations.</param>
    /// <param name="window">Counted are those due in it; null counts all.</param>
    /// <returns>The summary, or null when none was due.</returns>
    public static LatencySummary? Measure(IEnumerable<Observation> observations, TimeWindow? window = null)
    {
        var histogram = Histogram(observations, window);
        return histogram.TotalCount == 0
            ? null
            : new LatencySummary(histogram.TotalCount, At(histogram, 50), At(histogram, 95), At(histogram, 99), At(histogram, 100));
    }

    /// <summary>One percentile of the latencies.</summary>
    /// <param name="observations">One signal's observations.</param>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>The latency, or null when there is no observation.</returns>
    public static TimeSpan? Percentile(IEnumerable<Observation> observations, double percentile)
    {
        var histogram = Histogram(observations, null);
        return histogram.TotalCount == 0 ? null : At(histogram, percentile);
    }

    private static LongHistogram Histogram(IEnumerable<Observation> observations, TimeWindow? window)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var histogram = new LongHistogram(TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond, 3);
        foreach (var observation in observations)
        {
            if (window is null || window.Value.Contains(observation.Due))
            {
                histogram.RecordValue(Math.Clamp(observation.Latency.Ticks / TimeSpan.TicksPerMicrosecond, 1, histogram.HighestTrackableValue));
            }
        }

        return histogram;
    }

    private static TimeSpan At(LongHistogram histogram, double percentile) =>
        TimeSpan.FromTicks(histogram.GetValueAtPercentile(percentile) * TimeSpan.TicksPerMicrosecond);
}
