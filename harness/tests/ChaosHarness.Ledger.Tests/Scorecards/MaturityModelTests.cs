using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Scorecards;

public sealed class MaturityModelTests
{
    // What every run shows whose fault was felt.
    private const string Felt = $"{RunEvidence.Injected} {RunEvidence.EffectSeen}";

    private static readonly IReadOnlySet<long> AllWeeks = Enumerable.Range(0, EvidenceBook.WeeksLookedAt).Select(week => (long)week).ToHashSet();

    // Each criterion is met by exactly this evidence, and by nothing less.
    private static IEnumerable<TestCaseData> Evidence()
    {
        yield return Case("Basic monitoring", [Row("Failed", RunEvidence.Detected)], [Row("Broken", RunEvidence.Detected)]);
        yield return Case("Recovery procedures", [Row("Passed", Felt)], [Row("Failed", Felt), Row("Passed", RunEvidence.Injected)]);
        yield return Case("Redundancy and backups", [Row("Failed", $"{RunEvidence.Reconciled} {Felt}")], [Row("Halted", $"{RunEvidence.Reconciled} {Felt}"), Row("Passed", RunEvidence.Reconciled)]);
        yield return Case("Incident response", [Row("Failed", Felt)], [Row("Inconclusive", Felt), Row("Passed", RunEvidence.Injected)]);
        yield return Case("Several zones", [Row("Passed", $"{RunEvidence.ZoneLost} {Felt}")], [Row("Failed", $"{RunEvidence.ZoneLost} {Felt}"), Row("Passed", RunEvidence.ZoneLost)]);
        yield return Case("Automated failover", [Row("Passed", $"{RunEvidence.FailedOver} {Felt}")], [Row("Failed", $"{RunEvidence.FailedOver} {Felt}"), Row("Passed", RunEvidence.FailedOver)]);
        yield return Case("Automated failover", [Row("Passed", $"{RunEvidence.HealedItself} {Felt}", "failover")], [Row("Passed", Felt, "failover"), Row("Passed", RunEvidence.HealedItself, "failover")]);
        yield return Case("Regular tests of backups", [Row("Passed", RunEvidence.Restored, runs: 2)], [Row("Passed", RunEvidence.Restored, runs: 1), Row("Failed", RunEvidence.Restored, runs: 9)]);
        yield return Case("Regular tests of backups", [Row("Passed", "", "backup", runs: 2)], [Row("Passed", "", "backup", runs: 1), Row("Failed", "", "backup", runs: 9)]);
        yield return Case("Load balancing", [Row("Passed", $"{RunEvidence.HealedItself} {RunEvidence.ServiceHit} {Felt}")], [Row("Passed", $"{RunEvidence.ServiceHit} {Felt}"), Row("Passed", $"{RunEvidence.HealedItself} {Felt}"), Row("Passed", $"{RunEvidence.HealedItself} {RunEvidence.ServiceHit}")]);
        yield return Case("Automatic scaling", [Row("Passed", "", "scaling")], [Row("Failed", "", "scaling"), Row("Passed", "", "upscaling")]);
        yield return Case("Structured incident response", [Row("Passed", Felt, profile: "game-day")], [Row("Failed", Felt, profile: "game-day"), Row("Passed", Felt, profile: "nightly"), Row("Passed", RunEvidence.Injected, profile: "game-day")]);
        yield return Case("Structured incident response", [Row("Passed", Felt, "runbook")], [Row("Failed", Felt, "runbook"), Row("Passed", "", "runbook")]);
        yield return Case("Several regions", [Row("Passed", $"{RunEvidence.HealedItself} {Felt}", "region")], [Row("Passed", Felt, "region"), Row("Failed", $"{RunEvidence.HealedItself} {Felt}", "region"), Row("Passed", $"{RunEvidence.HealedItself} {Felt}"), Row("Passed", RunEvidence.HealedItself, "region")]);
        yield return Case("Chaos engineering", Ten(failed: 1), Ten(failed: 2));
        yield return Case("Chaos engineering", Ten(failed: 0), [.. Ten(failed: 0).Skip(1), Row("Broken", "", experiment: "x0")]);
        yield return Case("Comprehensive monitoring", Noticed(95, 100), Noticed(94, 100));
        yield return Case("Self-healing", [Row("Passed", $"{RunEvidence.HealedItself} {Felt}", runs: 19), Row("Failed", Felt)], [Row("Passed", $"{RunEvidence.HealedItself} {Felt}", runs: 18), Row("Failed", Felt), Row("Passed", $"{RunEvidence.HealedItself} {RunEvidence.Injected}", runs: 99)]);
        yield return Case("Global distribution", [Row("Passed", RunEvidence.Absorbed, "region")], [Row("Passed", RunEvidence.HealedItself, "region"), Row("Failed", RunEvidence.Absorbed, "region"), Row("Passed", RunEvidence.Absorbed)]);
        yield return Case("Detection before users notice", Absorbed(3), [.. Absorbed(2), Row("Failed", RunEvidence.Absorbed, experiment: "x9")]);
        yield return Case("Advanced chaos engineering", [Row("Passed", $"{RunEvidence.SeveralFaults} {Felt}")], [Row("Failed", $"{RunEvidence.SeveralFaults} {Felt}"), Row("Passed", RunEvidence.SeveralFaults)]);
    }

    [TestCaseSource(nameof(Evidence))]
    public void A_criterion_is_met_by_its_evidence_and_by_nothing_less(string name, EvidenceRow[] enough, EvidenceRow[] little)
    {
        Assert.That(Criterion(name, enough).IsMet, Is.True, Criterion(name, enough).Evidence);
        Assert.That(Criterion(name, little).IsMet, Is.False, Criterion(name, little).Evidence);
        Assert.That(Criterion(name, []).IsMet, Is.False);
    }

    [Test]
    public void Evidence_of_last_year_counts_for_the_first_level_alone()
    {
        var old = Row("Passed", $"{RunEvidence.Detected} {RunEvidence.FailedOver} {Felt} {RunEvidence.Reconciled}");
        old.Runs90 = 0;
        old.Runs30 = 0;

        var maturity = MaturityModel.Assess(Book([old]), Make.Now);

        Assert.That(maturity.Level, Is.EqualTo(1));
        Assert.That(Criterion("Automated failover", [old]).IsMet, Is.False);
        Assert.That(maturity.Missing, Has.Count.EqualTo(6));
    }

    [Test]
    public void The_evidence_names_the_experiments_and_how_recent_they_are()
    {
        var row = Row("Passed", $"{RunEvidence.ZoneLost} {Felt}", runs: 3);
        row.Last = Make.Now.AddDays(-4).ToUnixTimeMilliseconds();

        Assert.That(Criterion("Several zones", [row]).Evidence, Is.EqualTo("Losing x: 3 runs, the last 4 days ago."));
        Assert.That(Criterion("Several zones", []).Evidence, Is.EqualTo("No such run."));
    }

    [TestCase("Regular tests of backups", "Losing x: 2 runs, the last today.", "Losing x: 1 run, the last today. 2 are needed.")]
    [TestCase("Detection before users notice", "x0; x1; x2: 3 runs, the last today.", "x0; x1: 2 runs, the last today. 3 experiments are needed.")]
    [TestCase("Comprehensive monitoring", "95 of 100 runs, 95%.", "94 of 100 runs, 94%.")]
    [TestCase("Self-healing", "19 of 20 runs, 95%.", "18 of 19 runs, 94.7%.")]
    public void The_evidence_says_how_much_there_is_and_how_much_is_needed(string name, string enough, string little)
    {
        var data = Evidence().First(candidate => (string)candidate.Arguments[0]! == name);
        EvidenceRow[] Of(int index) => [.. ((EvidenceRow[])data.Arguments[index]!).Where(row => name == "Self-healing" || row.HasPassed)];

        Assert.That(Criterion(name, Of(1)).Evidence, Is.EqualTo(enough));
        Assert.That(Criterion(name, Of(2)).Evidence, Is.EqualTo(little));
    }

    [Test]
    public void Breadth_counts_conclusive_runs_of_a_month()
    {
        var old = Row("Failed", "", experiment: "old");
        old.Runs30 = 0;

        Assert.That(Criterion("Chaos engineering", [.. Ten(failed: 1), old, Row("Halted", "")]).Evidence, Is.EqualTo("10 experiments, 9 of 10 runs passed."));
        Assert.That(Criterion("Chaos engineering", [old]).Evidence, Is.EqualTo("No such run."));
        Assert.That(Criterion("Comprehensive monitoring", [old]).Evidence, Is.EqualTo("No such run."));
    }

    [Test]
    public void A_year_counts_all_of_its_runs_and_three_months_theirs()
    {
        var row = Row("Passed", $"{Felt} {RunEvidence.ZoneLost}", runs: 2);
        row.Runs = 5;

        Assert.That(Criterion("Recovery procedures", [row]).Evidence, Does.StartWith("Losing x: 5 runs"));
        Assert.That(Criterion("Several zones", [row]).Evidence, Does.StartWith("Losing x: 2 runs"));
    }

    [Test]
    public void The_most_recent_experiments_are_named_and_the_others_counted()
    {
        EvidenceRow[] rows = [.. Enumerable.Range(0, 4).Select(i => Row("Passed", $"{RunEvidence.ZoneLost} {Felt}", experiment: $"x{i}"))];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].Last = Make.Now.AddDays(i - 4).ToUnixTimeMilliseconds();
        }

        Assert.That(Criterion("Several zones", rows).Evidence, Is.EqualTo("x3; x2; x1 and 1 more: 4 runs, the last yesterday."));
        Assert.That(Criterion("Several zones", rows[1..]).Evidence, Is.EqualTo("x3; x2; x1: 3 runs, the last yesterday."));
    }

    [Test]
    public void Continuity_needs_every_week_some_experiment_and_no_decay()
    {
        List<LedgerRun> decaying = [.. Enumerable.Range(0, 5).Select(i => Make.Run("y", rta: 3 + (0.01 * i))), .. Enumerable.Range(0, 20).Select(i => Make.Run("y", rta: 1 + (0.001 * i)))];
        var worse = ExperimentReview.Review(decaying, new ScorecardOptions(), Make.Now);
        var book = Book([]);

        Assert.That(Continuity(book).IsMet, Is.True);
        Assert.That(Continuity(book).Evidence, Is.EqualTo("Runs in 12 of the last 12 weeks; no experiment got worse."));
        Assert.That(Continuity(book with { Weeks = new HashSet<long> { 0 } }).IsMet, Is.False);
        Assert.That(Continuity(book with { Experiments = [] }).IsMet, Is.False);
        Assert.That(Continuity(book with { Experiments = [.. book.Experiments, worse] }).IsMet, Is.False);
        Assert.That(Continuity(book with { Experiments = [.. book.Experiments, worse] }).Evidence, Does.EndWith("got worse: Losing y."));

        static MaturityCriterion Continuity(EvidenceBook evidence) => MaturityModel.Assess(evidence, Make.Now).Levels[3].Criteria[^1];
    }

    [Test]
    public void A_level_without_the_one_below_is_not_reached()
    {
        var all = Evidence().Where(data => (string)data.Arguments[0]! is not ("Basic monitoring" or "Detection before users notice")).SelectMany(data => (EvidenceRow[])data.Arguments[1]!);

        var maturity = MaturityModel.Assess(Book([.. all.Where(row => !row.Shows(RunEvidence.Detected))]), Make.Now);

        Assert.That(maturity.Level, Is.Zero);
        Assert.That(maturity.Levels[1].IsMet, Is.True);
        Assert.That(maturity.Missing.Select(criterion => criterion.Name), Is.EqualTo(new[] { "Basic monitoring" }));
    }

    private static TestCaseData Case(string name, EvidenceRow[] enough, EvidenceRow[] little) => new(name, enough, little);

    private static MaturityCriterion Criterion(string name, EvidenceRow[] rows) => MaturityModel.Assess(Book(rows), Make.Now).Levels.SelectMany(level => level.Criteria).Single(criterion => criterion.Name == name);

    private static EvidenceBook Book(IReadOnlyList<EvidenceRow> rows) => new(rows, [ExperimentReview.Review([Make.Run("x")], new ScorecardOptions(), Make.Now)], AllWeeks);

    private static EvidenceRow Row(string outcome, string evidence, string labels = "", string? profile = null, long runs = 1, string experiment = "x") => new()
    {
        ExperimentId = experiment,
        Outcome = outcome,
        Evidence = evidence,
        Labels = labels,
        Profile = profile,
        Runs = runs,
        Runs90 = runs,
        Runs30 = runs,
        Last = Make.Now.ToUnixTimeMilliseconds(),
    };

    private static EvidenceRow[] Ten(int failed) => [.. Enumerable.Range(0, 10).Select(i => Row(i < failed ? "Failed" : "Passed", RunEvidence.HealedItself + " " + Felt, experiment: $"x{i}"))];

    private static EvidenceRow[] Absorbed(int count) => [.. Enumerable.Range(0, count).Select(i => Row("Passed", RunEvidence.Absorbed, experiment: $"x{i}"))];

    private static EvidenceRow[] Noticed(long noticed, long interruptions) =>
    [
        Row("Passed", $"{RunEvidence.HealedItself} {Felt} {RunEvidence.Interrupted} {RunEvidence.Detected}", runs: noticed),
        Row("Passed", $"{RunEvidence.HealedItself} {Felt} {RunEvidence.Interrupted}", runs: interruptions - noticed),
    ];
}
