using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Scorecards;

public sealed class ExperimentReviewTests
{
    [Test]
    public void Headroom_is_the_objective_over_the_95th_percentile_of_the_actuals()
    {
        var card = Review([.. Enumerable.Range(1, 20).Select(i => Make.Run(rta: i * 0.05))]);

        Assert.That(card.RecoveryP95, Is.EqualTo(0.95).Within(1e-9));
        Assert.That(card.Headroom, Is.EqualTo(2 / 0.95).Within(1e-9));
        Assert.That(card.MedianRecovery, Is.EqualTo(0.525).Within(1e-9));
        Assert.That(card.MedianRecoveryConfidence!.Value.Contains(0.525), Is.True);
        Assert.That(card.Risks, Is.Empty);
    }

    [Test]
    public void Four_runs_are_not_enough_for_a_headroom()
    {
        Assert.That(Review([.. Enumerable.Range(0, 4).Select(_ => Make.Run())]).Headroom, Is.Null);
        Assert.That(Review([.. Enumerable.Range(0, 5).Select(_ => Make.Run())]).Headroom, Is.EqualTo(2));
        Assert.That(Review([.. Enumerable.Range(0, 5).Select(_ => Make.Run().WithoutObjectives())]).Headroom, Is.Null);
    }

    [Test]
    public void Little_headroom_is_a_risk() => Assert.That(Review([.. Enumerable.Range(0, 6).Select(_ => Make.Run(rta: 1.8))]).Risks.Single(), Does.Contain("90% of the RTO of 2s"));

    [Test]
    public void A_recovery_that_nobody_knows_counts_for_nothing()
    {
        var card = Review([.. Enumerable.Range(1, 5).Select(i => Make.Run(rta: i * 0.1)), .. Enumerable.Range(0, 4).Select(_ => Make.Run().RecoveryUnknown())]);

        Assert.That(card.MedianRecovery, Is.EqualTo(0.3).Within(1e-9));
        Assert.That(card.Headroom, Is.EqualTo(4).Within(1e-9));
    }

    [Test]
    public void Never_recovered_leaves_no_headroom()
    {
        var card = Review([.. Enumerable.Range(0, 6).Select(_ => Make.Run(rta: double.PositiveInfinity, outcome: Outcome.Failed))]);

        Assert.That(card.Headroom, Is.Zero);
        Assert.That(card.MedianRecovery, Is.EqualTo(double.PositiveInfinity));
        Assert.That(card.Risks, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_last_conclusive_run_decides_whether_it_failed()
    {
        Assert.That(Review([Make.Run(outcome: Outcome.Broken), Make.Run(outcome: Outcome.Failed), Make.Run()]).Risks.Single(), Is.EqualTo("the last run failed: for a reason"));
        Assert.That(Review([Make.Run(), Make.Run(outcome: Outcome.Failed)]).Risks, Is.Empty);
    }

    [Test]
    public void Decay_is_a_risk_in_words()
    {
        List<LedgerRun> runs = [.. Enumerable.Range(0, 5).Select(i => Make.Run(rta: 0.9 + (0.01 * i))), .. Enumerable.Range(0, 20).Select(i => Make.Run(rta: 0.3 + (0.001 * i)))];

        Assert.That(Review(runs).Risks.Single(), Does.StartWith("RTA grew from 310ms to 920ms").And.EndWith("times)"));
    }

    [TestCase("PFPFPF", true)]
    [TestCase("PPPPFF", false)]
    [TestCase("PFPPPP", false)]
    [TestCase("PFPPPF", true)]
    public void Flaky_is_what_passes_and_fails_by_turns(string outcomes, bool isFlaky) =>
        Assert.That(Review([.. outcomes.Select(outcome => Make.Run(outcome: outcome == 'P' ? Outcome.Passed : Outcome.Failed))]).IsFlaky, Is.EqualTo(isFlaky));

    [TestCase("nightly", 6, false)]
    [TestCase("nightly", 8, true)]
    [TestCase("failover-drill", 99, false)]
    [TestCase("failover-drill", 101, true)]
    [TestCase(null, 30, false)]
    [TestCase("of-our-own", 32, true)]
    public void Overdue_is_what_was_not_tested_for_longer_than_its_profile_wants(string? profile, double days, bool isOverdue) =>
        Assert.That(Review([Make.Run(profile: profile, daysAgo: days)]).IsOverdue, Is.EqualTo(isOverdue));

    [Test]
    public void Only_conclusive_runs_are_evidence()
    {
        var card = Review([Make.Run(daysAgo: 1, outcome: Outcome.Inconclusive), Make.Run(daysAgo: 20)]);

        Assert.That((card.IsOverdue, card.LastEvidence), Is.EqualTo((true, (DateTimeOffset?)Make.Now.AddDays(-20))));
    }

    [TestCase(1, false)]
    [TestCase(8, true)]
    public void What_never_came_to_a_conclusion_is_overdue_when_it_was_tried_for_too_long(double firstDaysAgo, bool isOverdue)
    {
        var card = Review([Make.Run(outcome: Outcome.Broken, daysAgo: 0.1), Make.Run(outcome: Outcome.Halted, daysAgo: firstDaysAgo)]);

        Assert.That((card.IsOverdue, card.HasNeverConcluded), Is.EqualTo((isOverdue, true)));
    }

    [TestCase("missed by 2s\nsaw HTTP 404", "missed by 2s")]
    [TestCase("1 of 2 objectives was missed:\n  recovered within 2s", "1 of 2 objectives was missed: recovered within 2s")]
    [TestCase("nothing follows:", "nothing follows:")]
    public void A_failure_is_told_in_a_line_that_says_something(string reason, string told) =>
        Assert.That(Review([Make.Run(outcome: Outcome.Failed) with { Reason = reason }]).Risks[0], Is.EqualTo("the last run failed: " + told));

    [Test]
    public void A_test_that_never_came_to_its_experiment_does_not_blot_out_where_it_ran()
    {
        var card = Review([Make.Run(outcome: Outcome.Inconclusive) with { System = "unknown", Environment = "unknown", Topology = "unknown" }, Make.Run()]);

        Assert.That((card.System, card.Environment, card.Topology), Is.EqualTo(("shop", "local", "processes")));
    }

    [Test]
    public void What_measured_nothing_knows_no_objectives()
    {
        Assert.That(Review([Make.Run(outcome: Outcome.Broken) with { Figures = [] }, Make.Run()]).Objectives, Is.EqualTo(new HeadlineObjectives(TimeSpan.FromSeconds(2), "0 writes", 0.99)));
        Assert.That(Review([Make.Run().WithoutObjectives(), Make.Run()]).Objectives, Is.EqualTo(new HeadlineObjectives(null, null, null)), "an objective that was given up is gone");
    }

    [Test]
    public void What_is_retired_is_not_missed() =>
        Assert.That(ExperimentReview.Review([Make.Run(daysAgo: 300)], new ScorecardOptions { Retired = ["losing-a"] }, Make.Now).IsOverdue, Is.False);

    [Test]
    public void Money_is_the_median_outage_times_the_price_of_a_minute()
    {
        var options = new ScorecardOptions { CostPerMinute = 600, FailuresPerYear = new Dictionary<string, double> { ["a"] = 4 } };
        ExperimentCard Card(string id, double rta) => ExperimentReview.Review([Make.Run(id, rta: rta)], options, Make.Now);

        var money = MoneyAtRisk.Of([Card("a", 1), Card("b", 30)], options)!;

        Assert.That(money.Failures.Select(failure => (failure.ExperimentId, failure.Each, failure.PerYear, failure.Allowed)), Is.EqualTo(new (string, decimal?, decimal?, decimal?)[] { ("b", 300, 300, 20), ("a", 10, 40, 20) }));
        Assert.That(money.PerYear, Is.EqualTo(340));
        Assert.That(money.AvailabilityOfYear, Is.EqualTo(1 - (34 / (365.25 * 24 * 3600))).Within(1e-12));
        Assert.That(MoneyAtRisk.Of([Card("a", 1)], new ScorecardOptions()), Is.Null);
        Assert.That(MoneyAtRisk.Of([Card("a", double.PositiveInfinity)], options)!.PerYear, Is.Null);
    }

    [Test]
    public void One_failure_that_is_tested_on_two_systems_costs_what_the_longer_outage_does()
    {
        var options = new ScorecardOptions { CostPerMinute = 600 };
        ExperimentCard Card(double rta, string environment) => ExperimentReview.Review([Make.Run("a", rta: rta) with { Environment = environment }], options, Make.Now);

        var money = MoneyAtRisk.Of([Card(1, "local"), Card(3, "staging")], options)!;

        Assert.That(money.Failures.Select(failure => failure.Each), Is.EqualTo(new decimal?[] { 30 }));
    }

    [Test]
    public void One_failure_that_never_ends_makes_a_year_without_price()
    {
        var options = new ScorecardOptions { CostPerMinute = 600, Retired = ["gone"] };
        ExperimentCard Card(LedgerRun run) => ExperimentReview.Review([run], options, Make.Now);

        var money = MoneyAtRisk.Of([Card(Make.Run("a")), Card(Make.Run("b", double.PositiveInfinity)), Card(Make.Run("gone")), Card(Make.Run("c").Without(FigureNames.RecoveryTime))], options)!;

        Assert.That(money.Failures.Select(failure => failure.ExperimentId), Is.EqualTo(new[] { "b", "a" }));
        Assert.That((money.PerYear, money.AvailabilityOfYear), Is.EqualTo(((decimal?)null, (double?)null)));
    }

    [Test]
    public void Runs_are_shown_oldest_first_and_passes_counted()
    {
        List<LedgerRun> newestFirst = [Make.Run(daysAgo: 1), Make.Run(daysAgo: 2, outcome: Outcome.Failed), Make.Run(daysAgo: 3)];

        var card = Review(newestFirst);

        Assert.That(card.Runs, Is.EqualTo(Enumerable.Reverse(newestFirst)));
        Assert.That((card.Passed, card.Conclusive), Is.EqualTo((2, 3)));
    }

    [Test]
    public void Decay_is_seen_on_whichever_branch_and_as_far_as_it_is_not_tolerated()
    {
        List<LedgerRun> runs = [.. Enumerable.Range(0, 5).Select(i => Make.Run(rta: 0.9 + (0.01 * i), branch: "release")), .. Enumerable.Range(0, 20).Select(i => Make.Run(rta: 0.6 + (0.001 * i), branch: "release"))];

        Assert.That(Review(runs).Risks, Has.Count.EqualTo(1));
        Assert.That(ExperimentReview.Review(runs, new ScorecardOptions { MaximumRegression = 1 }, Make.Now).Risks, Is.Empty);
    }

    [Test]
    public void Recoveries_that_stopped_coming_and_failures_are_described_in_words()
    {
        List<LedgerRun> runs = [.. Enumerable.Range(0, 5).Select(_ => Make.Run(rta: double.PositiveInfinity, outcome: Outcome.Failed)), .. Enumerable.Range(0, 40).Select(i => Make.Run(rta: 0.3 + (0.001 * i)))];

        Assert.That(Review(runs).Risks, Has.Some.Matches("^RTA grew from 3[0-9]+(\\.5)?ms to no recovery at all$").And.Some.EqualTo("the latest runs fail more often than those before"));
    }

    [Test]
    public void At_the_very_day_it_is_not_yet_overdue() => Assert.That(Review([Make.Run(daysAgo: 7)]).IsOverdue, Is.False);

    private static ExperimentCard Review(IReadOnlyList<LedgerRun> newestFirst) => ExperimentReview.Review(newestFirst, new ScorecardOptions(), Make.Now);
}
