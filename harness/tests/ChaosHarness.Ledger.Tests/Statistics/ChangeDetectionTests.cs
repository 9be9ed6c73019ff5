using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class ChangeDetectionTests
{
    [Test]
    public void A_recovery_that_doubled_is_worse_and_nothing_else_is()
    {
        var changes = Compare(Noisy(30, 1), Noisy(5, 2));

        Assert.That(changes.Where(change => change.Verdict == ChangeVerdict.Worse).Select(change => change.Metric.Title), Is.EqualTo(new[] { "RTA" }));
        Assert.That(changes.Single(change => change.Metric.Figure == FigureNames.RecoveryTime).Ratio, Is.EqualTo(2).Within(0.05));
    }

    [Test]
    public void One_that_never_comes_any_more_is_worse() =>
        Assert.That(Verdict(FigureNames.RecoveryTime, Compare(Noisy(30, 1), Noisy(5, double.PositiveInfinity))), Is.EqualTo(ChangeVerdict.Worse));

    [Test]
    public void One_that_never_came_is_not_worse_when_it_still_does_not() =>
        Assert.That(Verdict(FigureNames.RecoveryTime, Compare(Noisy(30, double.PositiveInfinity), Noisy(5, double.PositiveInfinity))), Is.EqualTo(ChangeVerdict.Stable));

    [Test]
    public void One_that_became_quicker_is_not_worse() => Assert.That(Verdict(FigureNames.RecoveryTime, Compare(Noisy(30, 2), Noisy(5, 1))), Is.EqualTo(ChangeVerdict.Stable));

    [TestCase(0.2, ChangeVerdict.Stable)]
    [TestCase(0.1, ChangeVerdict.Worse)]
    public void What_is_tolerated_is_no_alarm_however_certain_it_is(double tolerated, ChangeVerdict verdict) =>
        Assert.That(Verdict(FigureNames.RecoveryTime, ChangeDetection.Compare(Noisy(30, 1), Noisy(5, 1.15), tolerated)), Is.EqualTo(verdict));

    [Test]
    public void A_difference_below_the_resolution_is_none() =>
        Assert.That(Verdict(FigureNames.RecoveryTime, Compare(Noisy(30, 0.005), Noisy(5, 0.02))), Is.EqualTo(ChangeVerdict.Stable));

    [TestCase(14, 5)]
    [TestCase(30, 2)]
    [TestCase(1, 1)]
    public void Too_few_runs_say_nothing(int before, int after) =>
        Assert.That(Compare(Noisy(before, 1), Noisy(after, 5)).Select(change => change.Verdict), Has.All.EqualTo(ChangeVerdict.NotEnoughRuns));

    [Test]
    public void The_fewest_runs_are_enough_for_a_recovery_that_got_much_worse() =>
        Assert.That(Verdict(FigureNames.RecoveryTime, Compare(Noisy(ChangeDetection.LeastBaseline, 1), Noisy(ChangeDetection.LeastLatest, 5))), Is.EqualTo(ChangeVerdict.Worse));

    [Test]
    public void Failures_losses_detection_and_outages_are_seen_too()
    {
        List<LedgerRun> after = [.. Noisy(5, 1).Select((run, i) => (run with { Outcome = Outcome.Failed })
            .Measuring(FigureNames.LostWrites, 10 + i)
            .Measuring(FigureNames.TimeToDetect, 1, 1.5 + (0.01 * i))
            .Measuring(FigureNames.Availability, 0.9 - (0.001 * i)))];

        var worse = Compare(Noisy(30, 1), after).Where(change => change.Verdict == ChangeVerdict.Worse).Select(change => change.Metric.Title);

        Assert.That(worse, Is.EqualTo(new[] { "availability", "RPA", "TTD", "TTD of load balancer", "failures" }));
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
                .. Enumerable.Range(0, count).Select(_ => Make.Run(rta: Math.Round(1 + (shift * random.NextDouble()), 2))
                    .Measuring(FigureNames.TimeToDetect, 0, 0.2 + (shift * random.NextDouble()))
                    .Measuring(FigureNames.Availability, 1 - (shift * 0.01 * random.NextDouble()))
                    .Measuring(FigureNames.LostWrites, varies ? random.Next(5) + (shift > 1 ? 2 : 0) : 0)),
            ];
            var (before, after) = (Some(15 + random.Next(3), 0.5), Some(3 + random.Next(3), 0.5 + (1.5 * random.NextDouble())));
            var changes = Compare(before, after);
            var others = changes.Count(change => change.Metric.Figure != FigureNames.RecoveryTime && before.Concat(after).Select(change.Metric.Read).Distinct().Count() > 1);
            foreach (var change in changes)
            {
                var share = change.Metric.Figure == FigureNames.RecoveryTime ? 0.008 * 0.9 : 0.008 * 0.1 / others;
                var isLarger = change.Ratio > 1.2 && (change.LatestMedian - change.BaselineMedian) * (change.Metric.Better == Better.Higher ? -1 : 1) >= change.Metric.Resolution;
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
        Assert.That(Compare(Noisy(20, 1), [.. Noisy(5, 1).Select(run => run.Without(FigureNames.RecoveryTime))]).Select(change => change.Metric.Figure), Does.Not.Contain(FigureNames.RecoveryTime));

    [Test]
    public void What_was_not_measured_is_not_compared() =>
        Assert.That(Compare([.. Noisy(30, 1).Select(run => run.Without(FigureNames.TimeToDetect))], Noisy(5, 1)).Select(change => change.Metric.Figure), Does.Not.Contain(FigureNames.TimeToDetect));

    [Test]
    public void A_detection_that_is_gone_is_worse_than_any_that_takes_long()
    {
        List<LedgerRun> unnoticed = [.. Noisy(5, 1).Select(run => run.Measuring(FigureNames.TimeToDetect, 10, double.PositiveInfinity))];

        var change = Compare(Noisy(30, 1), unnoticed).First(candidate => candidate.Metric.Title == "TTD");

        Assert.That((change.Verdict, change.LatestMedian), Is.EqualTo((ChangeVerdict.Worse, double.PositiveInfinity)));
        Assert.That(ExperimentReview.Describe(change), Is.EqualTo("TTD grew from 120ms to no detection at all"));
    }

    // Checkers of teams: names that nobody here has heard of, in units of their own, better either way.
    [TestCase(Better.Lower, 10, 20, ChangeVerdict.Worse)]
    [TestCase(Better.Lower, 20, 10, ChangeVerdict.Stable)]
    [TestCase(Better.Higher, 20, 10, ChangeVerdict.Worse)]
    [TestCase(Better.Higher, 10, 20, ChangeVerdict.Stable)]
    [TestCase(Better.Higher, 20, 0, ChangeVerdict.Worse)]
    public void Any_figure_is_compared_in_the_way_in_which_it_gets_better(Better better, double before, double after, ChangeVerdict verdict)
    {
        List<LedgerRun> Runs(int count, double value) => [.. Noisy(count, 1).Select((run, i) => run.And(Figure.Exact("stale reads", "", new Unit("reads"), value + (0.01 * (i % 7)), better)))];

        Assert.That(Verdict("stale reads", Compare(Runs(30, before), Runs(5, after))), Is.EqualTo(verdict));
    }

    [Test]
    public void What_only_describes_is_not_compared() =>
        Assert.That(Compare(Noisy(30, 1), Noisy(5, 1)).Select(change => change.Metric.Figure), Does.Not.Contain(FigureNames.DueRequests).And.Not.Contain(FigureNames.CapacityLost));

    [Test]
    public void Each_subject_of_a_figure_is_compared_with_itself()
    {
        List<LedgerRun> Runs(int count, double cache) => [.. Noisy(count, 1).Select((run, i) => run.And(new Figure(FigureNames.RecoveryTime, "cache", Unit.Seconds, 0, cache + (0.01 * (i % 7)))))];

        var changes = Compare(Runs(30, 1), Runs(5, 9));

        Assert.That(changes.Where(change => change.Verdict == ChangeVerdict.Worse).Select(change => change.Metric.Title), Is.EqualTo(new[] { "RTA of cache" }));
    }

    [Test]
    public void Runs_from_before_subjects_were_kept_are_a_baseline_too()
    {
        static LedgerRun Old(LedgerRun run) => run with { Figures = [.. run.Figures.Select(recorded => recorded with { Figure = recorded.Figure with { Subject = recorded.Figure.Subject == Make.Signal ? "" : recorded.Figure.Subject } })] };

        Assert.That(Verdict(FigureNames.RecoveryTime, Compare([.. Noisy(30, 1).Select(Old)], Noisy(5, 2))), Is.EqualTo(ChangeVerdict.Worse));
    }

    [Test]
    public void Where_the_leading_figure_was_not_measured_the_others_have_all_of_the_probability()
    {
        List<LedgerRun> Runs(int count, double writes) => [.. Noisy(count, 1).Select((run, i) => run.Without(FigureNames.RecoveryTime, FigureNames.TimeToDetect).Measuring(FigureNames.LostWrites, writes + i))];

        // 3 of 18 leave 1 in 816, which is within all of it and not within a tenth.
        Assert.That(Verdict(FigureNames.LostWrites, Compare(Runs(15, 0), Runs(3, 100))), Is.EqualTo(ChangeVerdict.Worse));
        Assert.That(Verdict(FigureNames.LostWrites, ChangeDetection.Compare(Runs(15, 0), Runs(3, 100), 0.2, leading: FigureNames.Availability)), Is.EqualTo(ChangeVerdict.NotEnoughRuns));
    }

    private static ChangeVerdict Verdict(string figure, IEnumerable<ChangeOfMetric> changes) => changes.Single(change => change.Metric.Figure == figure).Verdict;

    private static IReadOnlyList<ChangeOfMetric> Compare(IReadOnlyCollection<LedgerRun> before, IReadOnlyCollection<LedgerRun> after) => ChangeDetection.Compare(before, after, 0.2);

    private static List<LedgerRun> Noisy(int count, double rta) => [.. Enumerable.Range(0, count).Select(i => Make.Run(rta: rta * (1 + (0.01 * (i % 7)))))];
}
