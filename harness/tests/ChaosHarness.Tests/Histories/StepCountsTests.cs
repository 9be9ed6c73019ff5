using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class StepCountsTests
{
    private static readonly StepScale Scale = new(7);

    [Test]
    public void A_percentile_is_the_nearest_rank_at_most_a_64th_longer() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, 3_000_000_000], Gen.Long[0, long.MaxValue]).Array[1, 300], Gen.Double[0, 100]).Sample((times, percentile) =>
        {
            using var histogram = new StepCounts(Scale, long.MaxValue);
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
        using var histogram = new StepCounts(Scale, long.MaxValue);
        histogram.Add(time);
        return histogram.Percentile(50) == time;
    });

    [Test]
    public void Without_times_a_percentile_is_zero()
    {
        using var histogram = new StepCounts(Scale, long.MaxValue);
        Assert.That(histogram.Percentile(99), Is.Zero);
    }

    [Test]
    public void Negative_times_count_as_none()
    {
        using var histogram = new StepCounts(Scale, long.MaxValue);
        histogram.Add(-5);

        Assert.That((histogram.Count, histogram.Percentile(100)), Is.EqualTo((1, 0)));
    }

    [Test]
    public void What_is_greater_than_the_greatest_counts_as_it()
    {
        using var histogram = new StepCounts(Scale, 1000);
        histogram.Add(999_999);

        Assert.That((histogram.Count, histogram.Percentile(100)), Is.EqualTo((1, 1007)), "the end of the step of 1000, of eight");
    }

    [Test]
    public void Counts_that_were_kept_add_up_to_what_counting_at_once_gives() =>
        Gen.Select(Gen.Long[0, 1_000_000].Array[0, 300], Gen.Long[0, 1_000_000].Array[0, 300]).Sample((some, others) =>
        {
            using var all = new StepCounts(Scale, 1_000_000);
            using var added = new StepCounts(Scale, 1_000_000);
            foreach (var part in new[] { some, others })
            {
                using var counts = new StepCounts(Scale, 1_000_000);
                Array.ForEach(part, counts.Add);
                Array.ForEach(part, all.Add);
                added.Add(counts.ToArray());
            }

            return added.Count == all.Count && added.Counted.SequenceEqual(all.Counted);
        });

    [TestCase(2)]
    [TestCase(7)]
    [TestCase(11)]
    public void Steps_follow_on_each_other_and_hold_their_values(int bits)
    {
        var scale = new StepScale(bits);
        Gen.Long[0, long.MaxValue / 2].Sample(value =>
        {
            var step = scale.StepOf(value);
            var (least, greatest) = (scale.LeastOf(step), scale.GreatestOf(step));
            return least <= value && value <= greatest
                && scale.StepOf(greatest + 1) == step + 1
                && (greatest - least) * (1L << (bits - 1)) <= value;
        });
    }
}
