using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class TickHistogramTests
{
    [Test]
    public void A_percentile_is_the_nearest_rank_at_most_a_64th_longer() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, 3_000_000_000], Gen.Long[0, long.MaxValue]).Array[1, 300], Gen.Double[0, 100]).Sample((times, percentile) =>
        {
            var histogram = new TickHistogram();
            foreach (var time in times)
            {
                histogram.Add(time);
            }

            var exact = times.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(times.Length * percentile / 100)) - 1);
            var read = histogram.Percentile(percentile);
            return histogram.Count == times.Length && read >= exact && read - exact <= exact / 64;
        });

    [Test]
    public void Short_times_are_exact() => Gen.Long[0, 127].Sample(time =>
    {
        var histogram = new TickHistogram();
        histogram.Add(time);
        return histogram.Percentile(50) == time;
    });

    [Test]
    public void Without_times_a_percentile_is_zero() => Assert.That(new TickHistogram().Percentile(99), Is.Zero);

    [Test]
    public void Negative_times_count_as_none()
    {
        var histogram = new TickHistogram();
        histogram.Add(-5);

        Assert.That((histogram.Count, histogram.Percentile(100)), Is.EqualTo((1, 0)));
    }
}
