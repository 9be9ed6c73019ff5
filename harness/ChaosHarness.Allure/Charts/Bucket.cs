using ChaosHarness.Probes;

namespace ChaosHarness.Allure.Charts;

/// <summary>The observations that were due in one stretch of the chart.</summary>
internal readonly record struct Bucket(TimeSpan At, double Availability, TimeSpan Median, TimeSpan Maximum)
{
    /// <summary>Cuts a run into stretches of equal length; those in which nothing was due are left out.</summary>
    public static IReadOnlyList<Bucket> Cut(IReadOnlyList<Observation> observations, TimeSpan end, int count)
    {
        var width = Math.Max(end.Ticks / count, 1);
        return
        [
            .. observations
                .GroupBy(observation => observation.Due.Ticks / width)
                .OrderBy(group => group.Key)
                .Select(group =>
                {
                    var latencies = group.Select(observation => observation.Latency).Order().ToList();
                    return new Bucket(
                        TimeSpan.FromTicks((group.Key * width) + (width / 2)),
                        (double)group.Count(observation => observation.IsGood) / latencies.Count,
                        latencies[latencies.Count / 2],
                        latencies[^1]);
                }),
        ];
    }
}
