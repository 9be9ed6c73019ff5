using ChaosHarness.Histories;
using ChaosHarness.Measurement;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Measurement;

public sealed class LatencySummaryTests
{
    [Test]
    public void Percentiles_are_those_of_the_sorted_latencies_to_three_figures() => Gen.Int[1, 5_000_000].List[1, 300].Sample(microseconds =>
    {
        var observations = microseconds.Select((latency, k) => Taking(k, TimeSpan.FromMicroseconds(latency))).ToList();
        var summary = LatencySummary.Measure(observations)!;
        microseconds.Sort();
        return summary.Count == microseconds.Count
            && Near(summary.P50, microseconds[Rank(0.50, microseconds.Count)])
            && Near(summary.P95, microseconds[Rank(0.95, microseconds.Count)])
            && Near(summary.P99, microseconds[Rank(0.99, microseconds.Count)])
            && Near(summary.Maximum, microseconds[^1]);
    });

    [Test]
    public void A_request_sent_late_is_slow_by_that_much()
    {
        var late = new Observation(0, TimeSpan.Zero, TimeSpan.FromMilliseconds(90), TimeSpan.FromMilliseconds(100), OperationVerdict.Good);

        Assert.That(LatencySummary.Measure([late])!.Maximum.TotalMilliseconds, Is.EqualTo(100).Within(0.2));
    }

    [Test]
    public void Only_the_window_counts_and_an_empty_one_has_none()
    {
        Observation[] observations = [Taking(0, TimeSpan.FromMilliseconds(1)), Taking(1, TimeSpan.FromMilliseconds(9))];

        Assert.That(LatencySummary.Measure(observations, new TimeWindow(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)))!.Count, Is.EqualTo(1));
        Assert.That(LatencySummary.Measure(observations, new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6))), Is.Null);
        Assert.That(LatencySummary.Percentile([], 50), Is.Null);
        Assert.That(LatencySummary.Percentile(observations, 100)!.Value.TotalMilliseconds, Is.EqualTo(9).Within(0.02));
    }

    // The nearest rank, as the histogram counts it.
    private static int Rank(double quantile, int count) => Math.Max((int)((quantile * count) + 0.5), 1) - 1;

    private static Observation Taking(int second, TimeSpan latency) =>
        new(second, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second) + latency, OperationVerdict.Good);

    private static bool Near(TimeSpan actual, int microseconds) => Math.Abs(actual.TotalMicroseconds - microseconds) <= (microseconds * 0.001) + 1;
}
