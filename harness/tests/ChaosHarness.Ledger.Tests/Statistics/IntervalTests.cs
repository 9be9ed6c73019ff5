using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class IntervalTests
{
    // Tables of order statistics: 6 values, smallest to largest, 96.9 percent; 10 values, second to ninth, 97.9; 20 values, sixth to fifteenth, 95.9.
    [TestCase(6, 1, 6, 0.96875)]
    [TestCase(10, 2, 9, 0.978515625)]
    [TestCase(20, 6, 15, 0.95861053)]
    public void The_interval_of_a_median_is_that_of_the_tables(int count, double lower, double upper, double confidence)
    {
        var interval = MedianInterval.Of([.. Enumerable.Range(1, count).Select(value => (double)value)])!.Value;

        Assert.That((interval.Lower, interval.Upper), Is.EqualTo((lower, upper)));
        Assert.That(interval.Confidence, Is.EqualTo(confidence).Within(1e-6));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    public void Five_values_are_too_few_for_95_percent(int count) => Assert.That(MedianInterval.Of([.. Enumerable.Range(1, count).Select(value => (double)value)]), Is.Null);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-0.5)]
    public void There_is_no_such_confidence(double confidence) => Assert.That(() => MedianInterval.Of([1, 2, 3], confidence), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_ends_of_an_interval_belong_to_it()
    {
        var interval = new Interval(1, 2, 0.95);

        Assert.That((interval.Contains(1), interval.Contains(2), interval.Contains(0.9), interval.Contains(2.1)), Is.EqualTo((true, true, false, false)));
    }

    [Test]
    public void The_interval_of_a_median_holds_it_as_often_as_it_says()
    {
        var random = new Random(7);
        // Skewed, as recovery times are; the true median of this is the natural logarithm of 2.
        var held = Enumerable.Range(0, 4000).Count(_ => MedianInterval.Of([.. Enumerable.Range(0, 15).Select(_ => -Math.Log(1 - random.NextDouble()))])!.Value.Contains(Math.Log(2)));

        Assert.That(held / 4000.0, Is.EqualTo(0.9648).Within(0.012));
    }

    // Newcombe 1998, table I: the Wilson score interval of 81 of 263, 15 of 148, 0 of 20 and 1 of 29.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    [TestCase(20, 20, 0.8389, 1.0000)]
    public void The_interval_of_a_rate_is_Wilsons(int successes, int trials, double lower, double upper)
    {
        var interval = WilsonInterval.Of(successes, trials)!.Value;

        Assert.That(interval.Lower, Is.EqualTo(lower).Within(0.00006));
        Assert.That(interval.Upper, Is.EqualTo(upper).Within(0.00006));
    }

    [Test]
    public void No_trial_has_no_rate_and_more_successes_than_trials_there_are_not()
    {
        Assert.That(WilsonInterval.Of(0, 0), Is.Null);
        Assert.That(() => WilsonInterval.Of(2, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => WilsonInterval.Of(-1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That((WilsonInterval.Of(0, 7)!.Value.Lower, WilsonInterval.Of(7, 7)!.Value.Upper), Is.EqualTo((0.0, 1.0)), "to the last digit");
    }
}
