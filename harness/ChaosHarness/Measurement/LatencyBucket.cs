using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>Latencies of about the same size. The buckets of all runs have the same bounds, so that they can be added up.</summary>
/// <param name="Upper">The longest latency counted here: a power of 10^(1/10) microseconds, each bound 26 percent above the one before; rounded to the microsecond.</param>
/// <param name="Count">How many there were.</param>
public readonly record struct LatencyBucket(TimeSpan Upper, long Count)
{
    private const int PerDecade = 10;

    /// <summary>Counts latencies.</summary>
    /// <param name="observations">One signal's observations.</param>
    /// <param name="window">Counted are those due in it.</param>
    /// <returns>The buckets that hold anything, the quickest first.</returns>
    public static IReadOnlyList<LatencyBucket> Measure(IEnumerable<Observation> observations, TimeWindow window)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var counts = new SortedDictionary<int, long>();
        foreach (var observation in observations)
        {
            if (window.Contains(observation.Due))
            {
                var index = IndexOf(observation.Latency);
                counts[index] = counts.GetValueOrDefault(index) + 1;
            }
        }

        return [.. counts.Select(entry => new LatencyBucket(Bound(entry.Key), entry.Value))];
    }

    private static int IndexOf(TimeSpan latency)
    {
        var microseconds = Math.Max(latency.TotalMicroseconds, 1);
        var index = (int)Math.Ceiling(Math.Log10(microseconds) * PerDecade);
        // The bounds are whole microseconds, which the logarithm does not know.
        while (Bound(index) < latency)
        {
            index++;
        }

        while (index > 0 && Bound(index - 1) >= latency)
        {
            index--;
        }

        return index;
    }

    private static TimeSpan Bound(int index) => TimeSpan.FromMicroseconds((long)Math.Round(Math.Pow(10, (double)index / PerDecade)));
}
