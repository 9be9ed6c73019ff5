using ChaosHarness.Checkers.Answers;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Answers;

public sealed class LatencyBucketTests
{
    [TestCase(0.0000001, 1)]
    [TestCase(0.000001, 1)]
    [TestCase(0.0000011, 2)]
    [TestCase(0.001, 1000)]
    [TestCase(0.0010001, 1259)]
    [TestCase(0.001259, 1259)]
    [TestCase(0.0012591, 1585)]
    [TestCase(1, 1_000_000)]
    [TestCase(3600, 3_981_071_706)]
    public void Bounds_are_powers_of_a_tenth_of_a_decade_in_whole_microseconds(double seconds, long microseconds) =>
        Assert.That(LatencyBucket.At(LatencyBucket.IndexOf(S(seconds)), 7), Is.EqualTo(new LatencyBucket(TimeSpan.FromMicroseconds(microseconds), 7)));

    [Test]
    public void What_is_longer_than_any_bound_is_in_the_last_one() =>
        Assert.That(LatencyBucket.At(LatencyBucket.IndexOf(TimeSpan.FromDays(100)), 1).Upper, Is.EqualTo(TimeSpan.FromSeconds(1_000_000)));
}
