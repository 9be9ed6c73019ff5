using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Scorecards;

[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class ScorecardTests(string kind)
{
    private string _folder = "";
    private RunLedger _ledger = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _ledger = await RunLedger.OpenAsync(await LedgerPlaces.NewAsync(kind, _folder));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task The_share_that_passed_counts_conclusive_runs_of_the_period()
    {
        await AppendAsync(
            Make.Run(daysAgo: 1),
            Make.Run(daysAgo: 2, outcome: Outcome.Failed),
            Make.Run(daysAgo: 3, outcome: Outcome.Inconclusive),
            Make.Run(daysAgo: 4, outcome: Outcome.Broken),
            Make.Run(daysAgo: 40),
            Make.Run(daysAgo: 100),
            Make.Run(daysAgo: 400));

        var success = (await ReadAsync()).Success;

        Assert.That(success.Select(period => (period.Days, period.Passed, period.Conclusive, period.Other)), Is.EqualTo(new[] { (30, 1L, 2L, 2L), (90, 2L, 3L, 2L), (365, 3L, 4L, 2L) }));
        Assert.That(success[0].Share, Is.EqualTo(0.5));
    }

    [Test]
    public async Task The_metrics_of_90_days_are_those_of_the_definitions()
    {
        await AppendAsync(
            Make.Run(rta: 1).Measuring(FigureNames.CapacityLost, 0.5),
            Make.Run(rta: 3).Measuring(FigureNames.Availability, 0.985),
            Make.Run(rta: double.PositiveInfinity, outcome: Outcome.Failed).Measuring(FigureNames.TimeToDetect, 60, double.PositiveInfinity).Measuring(FigureNames.CapacityLost, 0.9),
            Make.Run(rta: 100).Uninterrupted() with { Labels = ["backup"] },
            Make.Run(outcome: Outcome.Failed).Uninterrupted().Without(FigureNames.Availability) with { Labels = ["backup"] },
            (Make.Run() with { Evidence = [RunEvidence.Injected] }).Measuring(FigureNames.CapacityLost, 0.7),
            (Make.Run(rta: 2).Uninterrupted().Without(FigureNames.Availability).Without(FigureNames.TimeToDetect) with { Evidence = [RunEvidence.Injected, RunEvidence.Restored] }).Measuring(FigureNames.RestoreTime, 12),
            Make.Run(rta: 99, outcome: Outcome.Halted),
            Make.Run(rta: 99, daysAgo: 91));

        var metrics = (await ReadAsync()).Metrics.ToDictionary(metric => metric.Name);

        Assert.That((metrics["MTTR"].Value, metrics["MTTR"].Runs, metrics["MTTR"].Note), Is.EqualTo(((double?)2, 2L, "1 more did not recover and have no time")));
        Assert.That(metrics["MTTD"].Value, Is.EqualTo(0.12).Within(1e-9));
        Assert.That(metrics["MTTD"].Runs, Is.EqualTo(5));
        Assert.That(metrics["Served while failing"].Value, Is.EqualTo(0.993).Within(1e-9));
        Assert.That(metrics["Served while failing"].Runs, Is.EqualTo(5));
        Assert.That((metrics["Backup validity"].Value, metrics["Backup validity"].Runs, metrics["Backup validity"].Note), Is.EqualTo(((double?)2 / 3, 3L, "1 of them restored a backup while the harness looked; of the others their label says so")));
        Assert.That(metrics["Capacity headroom"].Value, Is.EqualTo(0.5), "of those that lost more one did not pass, and the other had no effect");
    }

    [Test]
    public async Task An_empty_ledger_has_a_scorecard_with_nothing_in_it()
    {
        var scorecard = await ReadAsync();

        Assert.That(scorecard.Experiments, Is.Empty);
        Assert.That(scorecard.Success.Select(period => period.Share), Has.All.Null);
        Assert.That(scorecard.Metrics.Select(metric => metric.Value), Has.All.Null);
        Assert.That(scorecard.Maturity.Level, Is.Zero);
        Assert.That(scorecard.Maturity.Levels.SelectMany(level => level.Criteria).Select(criterion => criterion.IsMet), Has.None.True);
    }

    [Test]
    public async Task Runs_from_the_future_are_told_and_left_out()
    {
        await AppendAsync(Make.Run(daysAgo: 1), Make.Run(daysAgo: -3000, outcome: Outcome.Failed), Make.Run("only-in-the-future", daysAgo: -1), Make.Run(daysAgo: -1 / 1440.0));

        var scorecard = await ReadAsync();

        Assert.That(scorecard.Warnings.Single(), Does.StartWith("2 runs claim to have begun in the future"));
        Assert.That(scorecard.Experiments.Select(card => card.Id), Is.EqualTo(new[] { "losing-a" }));
        Assert.That(scorecard.Success[0].Conclusive, Is.EqualTo(2), "a minute is within what clocks differ");
    }

    [Test]
    public async Task A_renamed_experiment_keeps_its_history_and_has_its_new_name()
    {
        await AppendAsync(Make.Run(daysAgo: 2) with { Name = "old" }, Make.Run(daysAgo: 1) with { Name = "new" });

        var card = (await ReadAsync()).Experiments.Single();

        Assert.That((card.Name, card.Conclusive), Is.EqualTo(("new", 2)));
    }

    // The totals are read by another way than the cards, and have to choose as these do.
    [Test]
    public async Task Of_several_signals_the_one_that_is_held_to_an_objective_counts()
    {
        static Figure Recovery(string signal, double seconds) => new(FigureNames.RecoveryTime, signal, Unit.Seconds, 0, seconds);
        await AppendAsync(Make.Run().Without(FigureNames.RecoveryTime).And(Recovery("cache", 9)).And(Recovery("orders", 1), objective: 2).And(Recovery("search", 5)));

        var scorecard = await ReadAsync();

        Assert.That(scorecard.Metrics.Single(metric => metric.Name == "MTTR").Value, Is.EqualTo(1));
        Assert.That(scorecard.Experiments.Single().MedianRecovery, Is.EqualTo(1));
    }

    [Test]
    public async Task Another_system_environment_topology_profile_or_parameter_is_another_card()
    {
        var run = Make.Run();
        var others = new[] { run with { System = "stall" }, run with { Environment = "staging" }, run with { Topology = "containers" }, run with { Origin = run.Origin with { Profile = null } }, run with { Parameters = """{"later":"2s"}""" } };
        await AppendAsync([run, .. others.Select((other, i) => other with { RunId = $"other-{i}" })]);

        var scorecard = await ReadAsync();

        Assert.That(scorecard.Experiments.Select(card => card.Series), Is.EquivalentTo(others.Append(run).Select(other => other.Series)));
        Assert.That(scorecard.Experiments.Select(card => card.Conclusive), Has.All.EqualTo(1));
        Assert.That(scorecard.Success[0].Conclusive, Is.EqualTo(6));
    }

    [Test]
    public async Task A_test_that_never_came_to_its_experiment_is_on_the_card_of_the_system_that_it_is_about()
    {
        LedgerRun Unknown(string experiment) => Make.Run(experiment, outcome: Outcome.Broken) with { System = "unknown", Environment = "unknown", Topology = "unknown", Figures = [] };
        await AppendAsync(Make.Run(daysAgo: 3), Make.Run(daysAgo: 2) with { Environment = "staging" }, Unknown("losing-a"), Unknown("never-ran"));

        var cards = (await ReadAsync()).Experiments;

        Assert.That(cards.Select(card => (card.Id, card.Environment, card.Runs.Count)), Is.EquivalentTo(new[] { ("losing-a", "local", 1), ("losing-a", "staging", 2), ("never-ran", "unknown", 1) }));
    }

    [Test]
    public async Task An_attempt_that_was_made_again_counts_nowhere()
    {
        var first = Make.Run(rta: 9, outcome: Outcome.Failed);
        await AppendAsync(first, Make.Run() with { StartedAt = first.StartedAt.AddSeconds(20), Attempt = 2 });

        var scorecard = await ReadAsync();

        Assert.That(scorecard.Success[0], Is.EqualTo(new SuccessRateOfPeriod(30, 1, 1, 0)));
        Assert.That((scorecard.Experiments.Single().Conclusive, scorecard.Experiments.Single().MedianRecovery), Is.EqualTo((1, (double?)1)));
        Assert.That(scorecard.Metrics.Single(metric => metric.Name == "MTTR").Value, Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_in_trouble_comes_first()
    {
        await AppendAsync(Make.Run("a-fine"), Make.Run("b-overdue", daysAgo: 30), Make.Run("c-risk", outcome: Outcome.Failed));

        var scorecard = await ReadAsync();

        Assert.That(scorecard.Experiments.Select(card => card.Id), Is.EqualTo(new[] { "c-risk", "b-overdue", "a-fine" }));
        Assert.That(scorecard.AtRisk.Select(card => card.Id), Is.EqualTo(new[] { "c-risk" }));
        Assert.That(scorecard.Overdue.Select(card => card.Id), Is.EqualTo(new[] { "b-overdue" }));
    }

    [Test]
    public async Task Twelve_weeks_of_runs_are_continuity_and_eleven_are_not()
    {
        await AppendAsync([.. Enumerable.Range(0, 11).Select(week => Make.Run(daysAgo: 1 + (7 * week)))]);
        Assert.That(Criterion(await ReadAsync(), "Continuous optimization").IsMet, Is.False);

        await AppendAsync(Make.Run(daysAgo: 1 + (7 * 11)));
        Assert.That(Criterion(await ReadAsync(), "Continuous optimization").IsMet, Is.True);
    }

    private static MaturityCriterion Criterion(Scorecard scorecard, string name) => scorecard.Maturity.Levels.SelectMany(level => level.Criteria).Single(criterion => criterion.Name == name);

    private Task<int> AppendAsync(params LedgerRun[] runs) => _ledger.AppendAsync([.. runs.Select(Make.Entry)]);

    private Task<Scorecard> ReadAsync() => ScorecardReader.ReadAsync(_ledger, new ScorecardOptions(), Make.Now);
}
