using ChaosHarness.Ledger.Statistics;
using CsCheck;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class QuantileTests
{
    [TestCase(0.5, 3)]
    [TestCase(0.95, 5)]
    [TestCase(0.2, 1)]
    [TestCase(0.21, 2)]
    [TestCase(1, 5)]
    public void The_nearest_rank_is_a_value_that_was_measured(double share, double value) => Assert.That(Quantile.NearestRank([5, 1, 4, 2, 3], share), Is.EqualTo(value));

    [Test]
    public void The_nearest_rank_is_the_smallest_that_enough_values_do_not_exceed() => Gen.Select(Gen.Double[0, 100].Array[1, 60], Gen.Double[0.01, 1]).Sample((values, share) =>
    {
        var quantile = Quantile.NearestRank(values, share);
        return values.Count(value => value <= quantile) >= (share * values.Length) - 1e-9 && values.Count(value => value < quantile) < share * values.Length;
    });

    [TestCase(new double[] { 3, 1, 2 }, 2)]
    [TestCase(new double[] { 4, 1, 2, 3 }, 2.5)]
    [TestCase(new[] { 1, double.PositiveInfinity, double.PositiveInfinity }, double.PositiveInfinity)]
    [TestCase(new[] { double.PositiveInfinity, double.PositiveInfinity }, double.PositiveInfinity)]
    [TestCase(new[] { 1, 2, double.PositiveInfinity }, 2)]
    public void The_median_takes_recoveries_that_never_came(double[] values, double median) => Assert.That(Quantile.Median(values), Is.EqualTo(median));

    [Test]
    public void Without_values_there_is_none() => Assert.That(() => Quantile.Median([]), Throws.ArgumentException);

    [TestCase(0)]
    [TestCase(1.1)]
    public void There_is_no_such_share(double share) => Assert.That(() => Quantile.NearestRank([1], share), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void What_was_nothing_and_is_nothing_has_not_changed()
    {
        Assert.That(Shift.Ratio([0, 0], [0]), Is.EqualTo(1));
        Assert.That(Shift.Ratio([0], [2]), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Shift.Ratio([2, 2], [3, 3]), Is.EqualTo(1.5));
    }
}
