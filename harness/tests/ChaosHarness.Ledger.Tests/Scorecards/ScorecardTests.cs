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
            Make.Run(rta: 1) with { CapacityLost = 0.5 },
            Make.Run(rta: 3),
            Make.Run(rta: double.PositiveInfinity, outcome: Outcome.Failed) with { TimeToDetect = null, CapacityLost = 0.9 },
            Make.Run(rta: 100) with { Interrupted = false, Labels = ["backup"] },
            Make.Run(outcome: Outcome.Failed) with { Interrupted = false, Labels = ["backup"], Availability = null },
            Make.Run(rta: 99, outcome: Outcome.Halted),
            Make.Run(rta: 99, daysAgo: 91));

        var metrics = (await ReadAsync()).Metrics.ToDictionary(metric => metric.Name);

        Assert.That((metrics["MTTR"].Value, metrics["MTTR"].Runs, metrics["MTTR"].Note), Is.EqualTo(((double?)2, 2L, "1 more did not recover and have no time")));
        Assert.That((metrics["MTTD"].Value, metrics["MTTD"].Runs), Is.EqualTo(((double?)0.12, 4L)));
        Assert.That((metrics["Availability"].Value, metrics["Availability"].Runs), Is.EqualTo(((double?)0.995, 4L)));
        Assert.That((metrics["Backup validity"].Value, metrics["Backup validity"].Runs), Is.EqualTo(((double?)0.5, 2L)));
        Assert.That(metrics["Capacity headroom"].Value, Is.EqualTo(0.5), "the run that lost more did not pass");
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
