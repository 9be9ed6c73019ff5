using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Measurement;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class ChangeDetectionTests
{
    [Test]
    public void A_recovery_that_doubled_is_worse_and_nothing_else_is()
    {
        var changes = Compare(Noisy(30, 1), Noisy(5, 2));

        Assert.That(changes.Where(change => change.Verdict == ChangeVerdict.Worse).Select(change => change.Metric), Is.EqualTo(new[] { Metric.Recovery }));
        Assert.That(changes.Single(change => change.Metric == Metric.Recovery).Ratio, Is.EqualTo(2).Within(0.05));
    }

    [Test]
    public void One_that_never_comes_any_more_is_worse() =>
        Assert.That(Verdict(Metric.Recovery, Compare(Noisy(30, 1), Noisy(5, double.PositiveInfinity))), Is.EqualTo(ChangeVerdict.Worse));

    [Test]
    public void One_that_never_came_is_not_worse_when_it_still_does_not() =>
        Assert.That(Verdict(Metric.Recovery, Compare(Noisy(30, double.PositiveInfinity), Noisy(5, double.PositiveInfinity))), Is.EqualTo(ChangeVerdict.Stable));

    [Test]
    public void One_that_became_quicker_is_not_worse() => Assert.That(Verdict(Metric.Recovery, Compare(Noisy(30, 2), Noisy(5, 1))), Is.EqualTo(ChangeVerdict.Stable));

    [TestCase(0.2, ChangeVerdict.Stable)]
    [TestCase(0.1, ChangeVerdict.Worse)]
    public void What_is_tolerated_is_no_alarm_however_certain_it_is(double tolerated, ChangeVerdict verdict) =>
        Assert.That(Verdict(Metric.Recovery, ChangeDetection.Compare(Noisy(30, 1), Noisy(5, 1.15), tolerated)), Is.EqualTo(verdict));

    [Test]
    public void A_difference_below_the_resolution_is_none() =>
        Assert.That(Verdict(Metric.Recovery, Compare(Noisy(30, 0.005), Noisy(5, 0.02))), Is.EqualTo(ChangeVerdict.Stable));

    [TestCase(14, 5)]
    [TestCase(30, 2)]
    [TestCase(1, 1)]
    public void Too_few_runs_say_nothing(int before, int after) =>
        Assert.That(Compare(Noisy(before, 1), Noisy(after, 5)).Select(change => change.Verdict), Has.All.EqualTo(ChangeVerdict.NotEnoughRuns));

    [Test]
    public void The_fewest_runs_are_enough_for_a_recovery_that_got_much_worse() =>
        Assert.That(Verdict(Metric.Recovery, Compare(Noisy(ChangeDetection.LeastBaseline, 1), Noisy(ChangeDetection.LeastLatest, 5))), Is.EqualTo(ChangeVerdict.Worse));

    [Test]
    public void Failures_losses_detection_and_outages_are_seen_too()
    {
        List<LedgerRun> after = [.. Noisy(5, 1).Select((run, i) => run with
        {
            Outcome = Outcome.Failed,
            WritesLost = 10 + i,
            TimeToDetect = new Bounds(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5 + (0.01 * i))),
            Availability = new Availability(900 - i, 1000),
        })];

        var worse = Compare(Noisy(30, 1), after).Where(change => change.Verdict == ChangeVerdict.Worse).Select(change => change.Metric);

        Assert.That(worse, Is.EqualTo(new[] { Metric.Detection, Metric.Loss, Metric.Unavailability, Metric.Failures }));
    }

    // What the docs say, held against hundreds of histories in which something may or may not have changed.
    [Test]
    public void A_metric_is_worse_when_it_is_larger_and_chance_is_below_its_share()
    {
        var random = new Random(11);
        var verdicts = new List<ChangeVerdict>();
        for (var history = 0; history < 400; history++)
        {
            var varies = random.Next(2) == 0;
            List<LedgerRun> Some(int count, double shift) =>
            [
                .. Enumerable.Range(0, count).Select(_ => Make.Run(rta: Math.Round(1 + (shift * random.NextDouble()), 2)) with
                {
                    TimeToDetect = new Bounds(TimeSpan.Zero, TimeSpan.FromSeconds(0.2 + (shift * random.NextDouble()))),
                    WritesLost = varies ? random.Next(5) + (shift > 1 ? 2 : 0) : 0,
                }),
            ];
            var (before, after) = (Some(15 + random.Next(3), 0.5), Some(3 + random.Next(3), 0.5 + (1.5 * random.NextDouble())));
            var others = Metric.All.Count(metric => metric != Metric.Recovery && before.Concat(after).Select(metric.Read).Distinct().Count() > 1);
            foreach (var change in Compare(before, after))
            {
                var share = change.Metric == Metric.Recovery ? 0.008 * 0.9 : 0.008 * 0.1 / others;
                var isLarger = change.Ratio > 1.2 && change.LatestMedian - change.BaselineMedian >= change.Metric.Resolution;
                var least = 1 / MathNet.Numerics.SpecialFunctions.Binomial(before.Count + after.Count, after.Count);
                var expected = least > share ? ChangeVerdict.NotEnoughRuns : isLarger && change.Probability <= share ? ChangeVerdict.Worse : ChangeVerdict.Stable;
                Assert.That(change.Verdict, Is.EqualTo(expected), change.ToString());
                Assert.That(change.Probability is not null, Is.EqualTo(isLarger));
                verdicts.Add(expected);
            }
        }

        Assert.That(verdicts.Distinct(), Has.Exactly(3).Items, "all three verdicts came up");
    }

    [Test]
    public void Nothing_less_than_nothing_can_be_tolerated() =>
        Assert.That(() => ChangeDetection.Compare(Noisy(20, 1), Noisy(5, 1), -0.1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void What_was_not_measured_lately_is_not_compared() =>
        Assert.That(Compare(Noisy(20, 1), [.. Noisy(5, 1).Select(run => run with { Recovery = null })]).Select(change => change.Metric), Does.Not.Contain(Metric.Recovery));

    [Test]
    public void What_was_not_measured_is_not_compared() =>
        Assert.That(Compare([.. Noisy(30, 1).Select(run => run with { TimeToDetect = null })], Noisy(5, 1)).Select(change => change.Metric), Does.Not.Contain(Metric.Detection));

    private static ChangeVerdict Verdict(Metric metric, IEnumerable<ChangeOfMetric> changes) => changes.Single(change => change.Metric == metric).Verdict;

    private static IReadOnlyList<ChangeOfMetric> Compare(IReadOnlyCollection<LedgerRun> before, IReadOnlyCollection<LedgerRun> after) => ChangeDetection.Compare(before, after, 0.2);

    private static List<LedgerRun> Noisy(int count, double rta) => [.. Enumerable.Range(0, count).Select(i => Make.Run(rta: rta * (1 + (0.01 * (i % 7)))))];
}
