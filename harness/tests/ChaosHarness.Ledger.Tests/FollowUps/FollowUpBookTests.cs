using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Chains;
using ChaosHarness.Ledger.Tests.Runs;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Ledger.Tests.FollowUps;

[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class FollowUpBookTests(string kind)
{
    private static readonly DateOnly Due = new(2026, 12, 24);
    private readonly FakeTimeProvider _time = new(Make.Now);
    private string _folder = "";
    private LedgerAddress _address = null!;
    private RunLedger _ledger = null!;
    private LedgerRun _shown = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _address = await LedgerPlaces.NewAsync(kind, _folder);
        _ledger = await RunLedger.OpenAsync(_address, _time);
        _shown = Make.Run(outcome: Outcome.Failed) with { StartedAt = Now.AddHours(-1) };
        await AppendAsync(_shown);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    [Test]
    public async Task One_that_is_opened_says_what_was_said_and_what_showed_it()
    {
        var opened = (await FollowUpBook.OpenAsync(_ledger, New() with { Text = " Restore \0takes an hour " })).FollowUp!;

        var read = (await FollowUpBook.ReadAsync(_ledger)).Single();
        Assert.That(read with { History = opened.History }, Is.EqualTo(opened));
        Assert.That((read.Id, read.Text, read.Severity, read.Owner, read.Due, read.OpenedBy, read.OpenedAt), Is.EqualTo(("F1", "Restore takes an hour", FollowUpSeverity.High, "Ada", Due, "Bob", Now)));
        Assert.That((read.RunId, read.ShownAt, read.ExperimentId, read.ExperimentName, read.System, read.Environment, read.ProvedBy, read.ClosesItself, read.IsOpen, read.Proof), Is.EqualTo((_shown.RunId, _shown.StartedAt, _shown.ExperimentId, _shown.Name, "shop", "local", _shown.ExperimentId, true, true, (string?)null)));
        Assert.That((await FollowUpBook.OpenAsync(_ledger, New())).FollowUp!.Id, Is.EqualTo("F2"));
    }

    [Test]
    public async Task A_run_that_is_not_there_shows_nothing()
    {
        var (followUp, refusal) = await FollowUpBook.OpenAsync(_ledger, New() with { RunId = "nowhere" });

        Assert.That((followUp, refusal), Is.EqualTo(((FollowUp?)null, $"{_address} has no run 'nowhere': the scorecard and `chaos ledger export` have their ids")));
        Assert.That(() => FollowUpBook.OpenAsync(_ledger, New() with { Owner = " " }), Throws.ArgumentException.With.Message.Contains("an owner"));
        Assert.That(await FollowUpBook.ReadAsync(_ledger), Is.Empty);
    }

    [Test]
    public async Task It_is_late_after_the_day_on_which_it_is_due_and_no_more_once_it_is_closed()
    {
        var followUp = await OpenedAsync();

        Assert.That(followUp.IsOverdue(new DateTimeOffset(2026, 12, 24, 23, 59, 59, TimeSpan.Zero)), Is.False);
        Assert.That(followUp.IsOverdue(new DateTimeOffset(2026, 12, 25, 0, 0, 0, TimeSpan.Zero)), Is.True);
        Assert.That(followUp.IsOverdue(new DateTimeOffset(2026, 12, 25, 3, 0, 0, TimeSpan.FromHours(5.75))), Is.False, "in Kathmandu the day is over, and in UTC it is not");
        Assert.That((await FollowUpBook.CloseByPersonAsync(_ledger, 1, "Eve", "cheap")).FollowUp!.IsOverdue(Now.AddYears(1)), Is.False);
    }

    [Test]
    public async Task The_first_run_that_proves_it_mended_closes_it()
    {
        await OpenedAsync();
        var proof = After(1);
        await AppendAsync(proof);

        var closed = await OnlyAsync();
        Assert.That((closed.IsOpen, closed.Proof), Is.EqualTo((false, (string?)null)));
        Assert.That(closed.History, Is.EqualTo(new[] { new FollowUpEvent(Now, FollowUpEventKind.ClosedByRun, proof.RunId, null, null) }));
        await AppendAsync(After(2));
        Assert.That((await OnlyAsync()).History, Has.Count.EqualTo(1), "it is closed once");
    }

    // Each remembers that there were no findings when it appended last.
    [Test]
    public async Task A_finding_that_somebody_else_opened_is_closed_all_the_same()
    {
        await using var other = await RunLedger.OpenAsync(_address, _time);
        await AppendAsync(Make.Run());
        await other.AppendAsync(Make.Entry(Make.Run()));
        await AppendAsync(Make.Run());
        await FollowUpBook.OpenAsync(other, New());
        await AppendAsync(After(1));
        Assert.That((await OnlyAsync()).IsOpen, Is.False);

        await FollowUpBook.OpenAsync(other, New());
        await other.AppendAsync(Make.Entry(After(2)));
        Assert.That((await FollowUpBook.ReadAsync(_ledger)).Select(followUp => followUp.IsOpen), Has.All.False);
    }

    // Each of these is near enough to be taken for a proof.
    [Test]
    public async Task What_proves_nothing_closes_nothing_and_says_why()
    {
        await OpenedAsync();
        (LedgerRun Run, string Why)[] others =
        [
            (After(1) with { Outcome = Outcome.Inconclusive }, "ended Inconclusive: only one that passed proves it"),
            (After(1) with { Outcome = Outcome.Halted }, "ended Halted"),
            (After(1) with { ExperimentId = "another" }, "is of the experiment 'another', and F1 is proved by 'losing-a'"),
            (After(1) with { System = "stall" }, "ran on stall in local, and F1 is of shop in local"),
            (After(1) with { Environment = "staging" }, "ran on shop in staging"),
            (After(1) with { Parameters = """{"later":"2s"}""" }, """ran with {"later":"2s"}, and F1 was shown with {}"""),
            (After(1) with { StartedAt = _shown.StartedAt }, "began no later than run"),
        ];
        foreach (var (run, why) in others)
        {
            await AppendAsync(run);
            var (followUp, refusal) = await FollowUpBook.CloseByRunAsync(_ledger, 1, run.RunId, "Eve");

            Assert.That(refusal, Does.StartWith($"run {run.RunId} ").And.Contain(why));
            Assert.That(followUp!.IsOpen, Is.True);
        }

        Assert.That((await OnlyAsync()).History, Is.Empty);
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 1, "nowhere", "Eve")).Refusal, Does.Contain("has no run 'nowhere'"));
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 7, _shown.RunId, "Eve")).Refusal, Does.Contain("has no finding F7"));
    }

    [Test]
    public async Task An_attempt_that_a_later_one_replaced_proves_nothing()
    {
        await OpenedAsync();
        var (first, second) = (After(1), After(2) with { Attempt = 2, Outcome = Outcome.Broken });
        // The later one is there first.
        await AppendAsync(second);
        await AppendAsync(first);

        Assert.That((await OnlyAsync()).IsOpen, Is.True);
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 1, first.RunId, "Eve")).Refusal, Does.StartWith("a later attempt counts"));
    }

    [Test]
    public async Task Where_a_person_closes_it_the_run_that_proves_it_is_told()
    {
        await OpenedAsync(New() with { ClosesItself = false, ProvedBy = "restoring" });
        await AppendAsync(After(1));
        var proof = After(2) with { ExperimentId = "restoring", Parameters = """{"size":"1"}""" };
        await AppendAsync(proof);

        Assert.That(((await OnlyAsync()).IsOpen, (await OnlyAsync()).Proof), Is.EqualTo((true, proof.RunId)));
        var (closed, refusal) = await FollowUpBook.CloseByRunAsync(_ledger, 1, proof.RunId, "Eve");
        Assert.That((refusal, closed!.IsOpen, closed.History.Single().Person), Is.EqualTo(((string?)null, false, "Eve")));
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 1, proof.RunId, "Eve")).Refusal, Does.StartWith("F1 is closed already: ").And.Contain($"closed by run {proof.RunId}, entered by Eve"));
    }

    [Test]
    public async Task One_that_fails_again_is_opened_again_and_its_history_says_so()
    {
        await OpenedAsync();
        var (proof, failure, again) = (After(1), After(2) with { Outcome = Outcome.Failed }, After(3));
        foreach (var run in new[] { proof, failure, After(2) with { Outcome = Outcome.Failed, Environment = "staging" }, again })
        {
            await AppendAsync(run);
        }

        Assert.That((await OnlyAsync()).History.Select(happened => (happened.Kind, happened.RunId)), Is.EqualTo(new[]
        {
            (FollowUpEventKind.ClosedByRun, proof.RunId), (FollowUpEventKind.Reopened, failure.RunId), (FollowUpEventKind.ClosedByRun, again.RunId),
        }));
    }

    // A machine that could not reach the ledger brings its journals the day after.
    [Test]
    public async Task A_run_that_comes_late_changes_nothing_that_a_later_one_said()
    {
        await OpenedAsync();
        await AppendAsync(After(5));
        await AppendAsync(After(3) with { Outcome = Outcome.Failed });
        Assert.That((await OnlyAsync()).IsOpen, Is.False);

        await AppendAsync(After(9) with { Outcome = Outcome.Failed });
        var late = After(7);
        await AppendAsync(late);
        Assert.That((await OnlyAsync()).IsOpen, Is.True);
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 1, late.RunId, "Eve")).Refusal, Does.EndWith($"which began later than run {late.RunId}, failed"));
    }

    [Test]
    public async Task A_run_from_before_it_was_opened_closes_it_only_by_hand()
    {
        var before = _shown with { RunId = "before", StartedAt = Now.AddMinutes(-5), Outcome = Outcome.Passed };
        await OpenedAsync();
        await AppendAsync(before);

        Assert.That(((await OnlyAsync()).IsOpen, (await OnlyAsync()).Proof), Is.EqualTo((true, "before")));
        Assert.That((await FollowUpBook.CloseByRunAsync(_ledger, 1, "before", "Eve")).FollowUp!.IsOpen, Is.False);
    }

    [Test]
    public async Task A_risk_that_somebody_accepts_stays_accepted_when_it_fails()
    {
        await OpenedAsync();

        var closed = (await FollowUpBook.CloseByPersonAsync(_ledger, 1, "Eve", "it is replaced in spring")).FollowUp!;
        await AppendAsync(After(1) with { Outcome = Outcome.Failed });

        Assert.That(closed.History.Single().ToString(), Does.EndWith("UTC closed by Eve: it is replaced in spring"));
        Assert.That((await OnlyAsync()).IsOpen, Is.False);
        Assert.That(() => FollowUpBook.CloseByPersonAsync(_ledger, 1, "Eve", " "), Throws.ArgumentException.With.Message.Contains("a reason"));
    }

    [Test]
    public async Task Many_who_open_and_close_at_once_each_count_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FollowUpBook.OpenAsync(_ledger, New()))));
        var closing = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FollowUpBook.CloseByPersonAsync(_ledger, 3, "Eve", "cheap"))));

        Assert.That((await FollowUpBook.ReadAsync(_ledger)).Select(followUp => followUp.Number), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(closing.Count(result => result.Refusal is null), Is.EqualTo(1));
        Assert.That((await LedgerChain.VerifyAsync(_ledger)).IsWhole, Is.True);
    }

    [Test]
    public async Task A_change_of_any_column_of_it_is_noticed()
    {
        await OpenedAsync();
        await AppendAsync(After(1));
        await OpenedAsync();
        await using var database = new OpenDatabase(kind, _address);
        foreach (var (table, column) in await database.ColumnsAsync("follow_ups", "follow_up_events"))
        {
            var row = table == "follow_ups" ? "follow_up_no = 1" : "event_no = 1";
            var was = await database.ValueAsync($"SELECT {column} FROM {table} WHERE {row}");
            object other = was is long number ? number + 41 : was + "x";
            await database.ExecuteAsync($"UPDATE {table} SET {column} = @other WHERE {row}", new { other });

            var report = await LedgerChain.VerifyAsync(_ledger);

            Assert.That(report.Breaks, Is.Not.Empty, $"{table}.{column} was {was}");
            Assert.That(string.Join("\n", report.Breaks), Does.Contain("F1"), $"{table}.{column}");
            await database.ExecuteAsync($"UPDATE {table} SET {column} = @was WHERE {column} = @other", new { was, other });
        }

        Assert.That(string.Join("\n", (await LedgerChain.VerifyAsync(_ledger)).Breaks), Is.Empty);
        await database.ExecuteAsync("DELETE FROM follow_up_events");
        await database.ExecuteAsync("DELETE FROM follow_ups WHERE follow_up_no = 2");
        Assert.That((await LedgerChain.VerifyAsync(_ledger)).Breaks.Select(found => (found.Kind, found.Id)), Is.EqualTo(new[] { (ChainBreakKind.Removed, "F1"), (ChainBreakKind.Removed, "F2") }));
    }

    [Test]
    public async Task What_somebody_put_in_by_hand_is_named_and_shown_as_the_worst_that_it_may_be()
    {
        await using var database = new OpenDatabase(kind, _address);
        await database.ExecuteAsync("INSERT INTO follow_ups (follow_up_no, run_id, shown_at, experiment_id, experiment_name, parameters, system, environment, what, severity, owner, due, proved_by, closes_itself, opened_at, opened_by) VALUES (9, 'x', 0, 'x', 'x', '{}', 'x', 'x', 'x', 'whatever', 'x', 'soon', 'x', 1, 0, 'x')");
        await database.ExecuteAsync("INSERT INTO follow_up_events (event_no, follow_up_no, happened_at, kind) VALUES (1, 9, 0, 'gone')");

        var read = await OnlyAsync();

        Assert.That((read.Severity, read.IsOpen, read.IsOverdue(Now)), Is.EqualTo((FollowUpSeverity.High, true, true)));
        Assert.That((await LedgerChain.VerifyAsync(_ledger)).Breaks.Select(found => (found.Kind, found.Id)), Is.EqualTo(new[] { (ChainBreakKind.Inserted, "F9"), (ChainBreakKind.Inserted, "F9") }));
    }

    [Test]
    public void The_most_urgent_come_first()
    {
        FollowUp Of(long number, FollowUpSeverity severity, int due) => new()
        {
            Number = number, Text = "x", Severity = severity, Owner = "x", Due = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(due), RunId = "x", ShownAt = Now, ExperimentId = "x", ExperimentName = "x", Parameters = "{}", System = "x", Environment = "x", ProvedBy = "x", OpenedAt = Now, OpenedBy = "x",
        };
        FollowUp[] all = [Of(1, FollowUpSeverity.High, 5), Of(2, FollowUpSeverity.Low, -1), Of(3, FollowUpSeverity.High, 2), Of(4, FollowUpSeverity.Medium, -1), Of(5, FollowUpSeverity.High, 0), Of(6, FollowUpSeverity.High, -9) with { History = [new FollowUpEvent(Now, FollowUpEventKind.ClosedByRun, "x", null, null)] }];

        Assert.That(FollowUpBook.MostUrgentFirst(all, Now).Select(followUp => followUp.Number), Is.EqualTo(new[] { 4, 2, 5, 3, 1 }));
    }

    private NewFollowUp New() => new(_shown.RunId, "Restore takes an hour", FollowUpSeverity.High, "Ada", Due, "Bob");

    private LedgerRun After(int hours) => Make.Run() with { StartedAt = Now.AddHours(hours) };

    private async Task<FollowUp> OpenedAsync(NewFollowUp? opened = null) => (await FollowUpBook.OpenAsync(_ledger, opened ?? New())).FollowUp!;

    private async Task<FollowUp> OnlyAsync() => (await FollowUpBook.ReadAsync(_ledger)).Single();

    private Task<bool> AppendAsync(LedgerRun run) => _ledger.AppendAsync(Make.Entry(run));
}
