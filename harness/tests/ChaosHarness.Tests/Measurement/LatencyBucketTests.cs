using ChaosHarness.Histories;
using ChaosHarness.Measurement;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Measurement;

public sealed class LatencyBucketTests
{
    private static readonly TimeWindow Second = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    [Test]
    public void Every_latency_is_counted_once_within_26_percent_of_its_bound() => Gen.Long[0, 36_000_000_000].Array[1, 50].Sample(ticks =>
    {
        var buckets = LatencyBucket.Measure(ticks.Select(At), Second);
        return buckets.Sum(bucket => bucket.Count) == ticks.Length
            && ticks.All(latency => buckets.Any(bucket => latency <= bucket.Upper.Ticks && (latency > bucket.Upper.Ticks / 1.27 - 10 || bucket.Upper.Ticks <= 10)))
            && buckets.Zip(buckets.Skip(1)).All(pair => pair.First.Upper < pair.Second.Upper);
    });

    [Test]
    public void Only_those_due_in_the_window_count() =>
        Assert.That(LatencyBucket.Measure([At(100) with { Due = TimeSpan.FromSeconds(2), Completed = TimeSpan.FromSeconds(3) }], Second), Is.Empty);

    [TestCase(1_000, 1_000)]
    [TestCase(1_001, 1_259)]
    [TestCase(1_259, 1_259)]
    [TestCase(1_260, 1_585)]
    public void A_bound_belongs_to_its_own_bucket(long microseconds, long bound) =>
        Assert.That(LatencyBucket.Measure([At(microseconds * 10)], Second), Is.EqualTo(new[] { new LatencyBucket(TimeSpan.FromMicroseconds(bound), 1) }));

    // Bounds are whole microseconds: 1995.3 became 1995, and what lies between belongs to the next.
    [TestCase(19_950, 1_995)]
    [TestCase(19_952, 2_512)]
    [TestCase(0, 1)]
    public void Between_a_bound_and_its_whole_microsecond_the_next_counts(long ticks, long bound) =>
        Assert.That(LatencyBucket.Measure([At(ticks)], Second), Is.EqualTo(new[] { new LatencyBucket(TimeSpan.FromMicroseconds(bound), 1) }));

    private static Observation At(long ticks) => new(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromTicks(ticks), OperationVerdict.Good, null);
}
