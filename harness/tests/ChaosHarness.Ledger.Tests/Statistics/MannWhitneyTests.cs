using ChaosHarness.Ledger.Statistics;
using CsCheck;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class MannWhitneyTests
{
    [TestCase(new double[] { 1, 2, 3 }, new double[] { 4, 5, 6 }, 1 / 20.0)]
    [TestCase(new double[] { 4, 5, 6 }, new double[] { 1, 2, 3 }, 1)]
    [TestCase(new double[] { 1, 2, 3, 4 }, new double[] { 5, 6 }, 1 / 15.0)]
    [TestCase(new double[] { 1, 1, 1 }, new double[] { 1, 1 }, 1)]
    [TestCase(new double[] { 1, 2 }, new[] { double.PositiveInfinity, double.PositiveInfinity }, 1 / 6.0)]
    [TestCase(new double[] { }, new double[] { 1 }, 1)]
    [TestCase(new double[] { 1 }, new double[] { }, 1)]
    public void The_probability_is_that_of_the_tables(double[] baseline, double[] latest, double probability) =>
        Assert.That(MannWhitney.Larger(baseline, latest), Is.EqualTo(probability).Within(1e-12));

    [Test]
    public void The_probability_is_the_share_of_all_ways_to_choose_with_ties_and_without() => Gen.Select(Gen.Int[0, 6].Array[1, 6], Gen.Int[0, 6].Array[1, 4]).Sample((baseline, latest) =>
    {
        var all = baseline.Concat(latest).Select(value => (double)value).ToArray();
        var sum = latest.Sum(value => RankOf(all, value));
        var choices = Choices(all.Length, latest.Length).Select(choice => choice.Sum(i => RankOf(all, all[i]))).ToList();
        var expected = (double)choices.Count(choice => choice >= sum - 1e-9) / choices.Count;
        return Math.Abs(MannWhitney.Larger([.. baseline.Select(value => (double)value)], [.. latest.Select(value => (double)value)]) - expected) < 1e-9;
    });

    [Test]
    public void Of_many_values_the_probability_is_close_to_that_of_few()
    {
        var random = new Random(3);
        double[] Values(int count, double shift) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + shift)];
        var (before, after) = (Values(180, 0), Values(20, 0.15));

        // 200 values are counted out, 201 approximated; one more of the many changes little.
        var exact = MannWhitney.Larger(before, after);
        var approximate = MannWhitney.Larger([.. before, 0.5], after);

        Assert.That(approximate, Is.EqualTo(exact).Within(0.15 * exact));
    }

    // Counted out elsewhere, with exact arithmetic: 200 values from 0 to 39, five times each, against eight.
    [TestCase(new double[] { 12, 20, 25, 31, 33, 35, 38, 39 }, 0.0095258, 0.12)]
    [TestCase(new double[] { 5, 10, 15, 20, 25, 30, 1, 2 }, 0.9240055, 0.002)]
    public void The_approximation_of_many_values_with_ties_is_close(double[] latest, double probability, double within) =>
        Assert.That(MannWhitney.Larger([.. Enumerable.Range(0, 200).Select(i => (double)(i % 40))], latest), Is.EqualTo(probability).Within(within * probability));

    [Test]
    public void Many_values_that_are_all_alike_show_nothing() => Assert.That(MannWhitney.Larger([.. Enumerable.Repeat(1.0, 300)], [1, 1, 1]), Is.EqualTo(1));

    // A rank-sum test of failures as ones and successes as zeros is Fisher's exact test: 3 of 3 against 0 of 20, and the lady who tastes tea.
    [TestCase(0, 20, 3, 3, 1 / 1771.0)]
    [TestCase(1, 4, 3, 4, 17 / 70.0)]
    public void Of_failures_it_is_Fishers_test(int before, int runsBefore, int after, int runsAfter, double probability)
    {
        static double[] Runs(int failures, int runs) => [.. Enumerable.Range(0, runs).Select(i => i < failures ? 1.0 : 0)];

        Assert.That(MannWhitney.Larger(Runs(before, runsBefore), Runs(after, runsAfter)), Is.EqualTo(probability).Within(1e-12));
    }

    private static double RankOf(double[] all, double value) => all.Count(other => other < value) + ((all.Count(other => other.Equals(value)) + 1) / 2.0);

    private static IEnumerable<IReadOnlyList<int>> Choices(int count, int chosen) => chosen == 0
        ? [[]]
        : Enumerable.Range(0, count).SelectMany(last => Choices(last, chosen - 1).Select(rest => (IReadOnlyList<int>)[.. rest, last]));
}
