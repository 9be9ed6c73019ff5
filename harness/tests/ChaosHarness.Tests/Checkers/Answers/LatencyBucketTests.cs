using ChaosHarness.Checkers.Answers;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Answers;

public sealed class LatencyBucketTests
{
    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(1000, 1000)]
    [TestCase(1001, 1259)]
    [TestCase(1259, 1259)]
    [TestCase(1260, 1585)]
    [TestCase(1_000_000, 1_000_000)]
    [TestCase(3_600_000_000, 3_981_071_706)]
    public void Bounds_are_powers_of_a_tenth_of_a_decade_in_whole_microseconds(long latency, long microseconds) =>
        Assert.That(LatencyBucket.At(LatencyBucket.IndexOf(latency), 7), Is.EqualTo(new LatencyBucket(TimeSpan.FromMicroseconds(microseconds), 7)));

    [Test]
    public void What_is_longer_than_any_bound_is_in_the_last_one() =>
        Assert.That(LatencyBucket.At(LatencyBucket.IndexOf(100L * 86_400 * 1_000_000), 1).Upper, Is.EqualTo(TimeSpan.FromSeconds(1_000_000)));

    // Few are counted one by one, many by the microsecond first.
    [Test]
    public void Latencies_between_two_microseconds_are_in_the_bucket_of_the_longer_one([Values(10, 6000)] int count)
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 1);
        for (var k = 0; k < count; k++)
        {
            run.Send("orders", 2 + (k * 0.001), k % 2 == 0 ? 0.0010001 : 0.2);
        }

        var latencies = new LatencyOf().Check(run.Cut(20).Until(21)).Latencies;

        Assert.That(latencies.Buckets, Is.EqualTo(new[]
        {
            new LatencyBucket(TimeSpan.FromMicroseconds(1259), count / 2),
            new LatencyBucket(TimeSpan.FromMicroseconds(251_189), count / 2),
        }));
        Assert.That(latencies.Count, Is.EqualTo(count));
        Assert.That(latencies.Maximum, Is.EqualTo(S(0.2)));
        Assert.That(latencies.Percentile(50), Is.EqualTo(S(0.001001)).Within(S(0.000001)));
    }
}
