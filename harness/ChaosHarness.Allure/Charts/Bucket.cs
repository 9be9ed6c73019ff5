using ChaosHarness.Probes;

namespace ChaosHarness.Allure.Charts;

/// <summary>The observations that were due in one stretch of the chart. What failed has no latency that says anything: it may have failed at once.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
/// <param name="Good">Share of the due requests that were answered well.</param>
/// <param name="Median">Median latency of the good ones; null when there was none.</param>
/// <param name="Slowest">The slowest of the good ones.</param>
/// <param name="Failed">Median time after which the others were known to have failed; null when there was none.</param>
internal readonly record struct Bucket(TimeSpan Start, TimeSpan End, double Good, TimeSpan? Median, TimeSpan? Slowest, TimeSpan? Failed)
{
    public TimeSpan Middle => (Start + End) / 2;

    /// <summary>Cuts a run into stretches of equal length, not more than there are observations; those in which nothing was due are left out.</summary>
    public static IReadOnlyList<Bucket> Cut(IReadOnlyList<Observation> observations, TimeSpan end, int most)
    {
        var width = Math.Max(end.Ticks / Math.Clamp(observations.Count, 1, most), 1);
        return
        [
            .. observations
                .GroupBy(observation => observation.Due.Ticks / width)
                .OrderBy(group => group.Key)
                .Select(group =>
                {
                    var good = group.Where(observation => observation.IsGood).Select(observation => observation.Latency).Order().ToList();
                    var failed = group.Where(observation => !observation.IsGood).Select(observation => observation.Latency).Order().ToList();
                    return new Bucket(
                        TimeSpan.FromTicks(group.Key * width),
                        TimeSpan.FromTicks((group.Key + 1) * width),
                        (double)good.Count / (good.Count + failed.Count),
                        Middling(good),
                        good is [.., var slowest] ? slowest : null,
                        Middling(failed));
                }),
        ];
    }

    private static TimeSpan? Middling(List<TimeSpan> sorted) => sorted.Count == 0 ? null : sorted[sorted.Count / 2];
}
