using System.Globalization;
using System.Text;
using System.Text.Json;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Exporting;
using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Chains;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChaosHarness.Ledger.Tests;

/// <summary>Ledgers as the version before made them, with a column for each thing that was measured: see the dumps in the folder Migrations.</summary>
[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class MigrationTests(string kind)
{
    private static readonly DateTimeOffset Then = new(2026, 9, 21, 12, 0, 0, TimeSpan.Zero);
    private string _folder = "";
    private LedgerAddress _address = null!;

    private string File => Path.Combine(_folder, "ledger.db");

    [SetUp]
    public async Task MakeOldLedgerAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _address = await LedgerPlaces.NewAsync(kind, _folder);
        var dump = await System.IO.File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Migrations", $"wide-ledger.{kind.ToLowerInvariant()}.sql"));
        if (kind == LedgerPlaces.Sqlite)
        {
            using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
            await connection.ExecuteAsync(dump);
        }
        else
        {
            await using var connection = new NpgsqlConnection(LedgerPlaces.ConnectionString(_address));
            await connection.ExecuteAsync(dump);
        }
    }

    [TearDown]
    public void RemoveFolder()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    // Every column that scripts read, of every run, is what the version before exported; but for what is said here.
    [Test]
    public async Task Everything_that_was_kept_is_kept()
    {
        await using var ledger = await MigratedAsync();
        using var output = new MemoryStream();
        await LedgerExport.WriteJsonLinesAsync(ledger, output);
        var now = Lines(output.ToArray()).ToDictionary(line => line.GetProperty("run_id").GetString()!);
        var before = Lines(await System.IO.File.ReadAllBytesAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Migrations", "wide-ledger.export.jsonl"))).ToList();

        Assert.That(now, Has.Count.EqualTo(before.Count));
        foreach (var was in before)
        {
            var id = was.GetProperty("run_id").GetString()!;
            foreach (var member in was.EnumerateObject().Where(member => !IsTold(id, member.Name)))
            {
                Assert.That(Text(now[id].GetProperty(member.Name)), Is.EqualTo(Text(member.Value)), $"{member.Name} of {id}");
            }
        }

        Assert.That(Words(now["20260901-030000-old00000"]), Is.SupersetOf(Words(before[0])).And.Contain(RunEvidence.Interrupted).And.Contain(RunEvidence.EffectSeen));
        Assert.That(Words(now["unseen"]), Does.Not.Contain(RunEvidence.Interrupted).And.Not.Contain(RunEvidence.EffectSeen));
    }

    [Test]
    public async Task What_was_looked_for_and_not_found_is_told_from_what_nobody_looked_for()
    {
        await using var ledger = await MigratedAsync();
        var runs = new Dictionary<string, LedgerRun>(StringComparer.Ordinal);
        await foreach (var (run, _) in ledger.ReadAllAsync())
        {
            runs[run.RunId] = run;
        }

        Assert.That(runs.Values.Single(run => run.RunId.EndsWith("old00011", StringComparison.Ordinal)).Figures.Main(FigureNames.RecoveryTime), Is.EqualTo(new RecordedFigure(new Figure(FigureNames.RecoveryTime, "", Unit.Seconds, 12, null), 2, false)));
        Assert.That(runs["unseen"].Figures.Main(FigureNames.UnseenInterruption)!.Figure, Is.EqualTo(new Figure(FigureNames.UnseenInterruption, "", Unit.Seconds, 0, 0.012)));
        Assert.That(runs["unseen"].Figures.Main(FigureNames.TimeToDetect), Is.Null);
        Assert.That(runs["unseen"].Figures.Main(FigureNames.LostWrites), Is.EqualTo(new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "", Unit.Count, 0), 0, true)));
        Assert.That(runs["elsewhere"].Figures.Main(FigureNames.Availability), Is.Null, "none was due");
        Assert.That(runs["broken"].Figures, Is.Empty);
    }

    [Test]
    public async Task Old_runs_and_new_ones_are_one_history()
    {
        await using var ledger = await MigratedAsync();
        for (var i = 0; i < 5; i++)
        {
            await ledger.AppendAsync(Make.Entry(Make.Run("losing-the-primary", rta: 1.9 + (0.001 * i)) with { StartedAt = Then.AddHours(i - 10), Name = "Standby takes over" }));
        }

        var worse = (await RegressionGate.JudgeAsync(ledger, new GateOptions(), Then)).Single(finding => finding.Verdict == ChaosHarness.Ledger.Statistics.ChangeVerdict.Worse);
        var scorecard = await ScorecardReader.ReadAsync(ledger, new ScorecardOptions(), Then);

        Assert.That((worse.ExperimentId, worse.LatestRuns, worse.BaselineRuns), Is.EqualTo(("losing-the-primary", 5, 20)));
        Assert.That(scorecard.Experiments.Select(card => (card.Id, card.System, card.Profile, card.Runs.Count)), Is.EquivalentTo(new (string, string, string?, int)[]
        {
            ("losing-the-primary", "shop", "nightly", 26), ("half-the-instances", "shop", "nightly", 2), ("half-the-instances", "stall", null, 1), ("half-the-instances", "shop", "game-day", 1),
        }));
    }

    [Test]
    public async Task It_is_done_once_and_what_is_written_afterwards_stays()
    {
        await (await MigratedAsync()).DisposeAsync();
        await using var again = await RunLedger.OpenAsync(_address);
        await again.AppendAsync(Make.Entry(Make.Run()));
        await RunLedger.MigrateAsync(_address);

        Assert.That(await CountAsync(again), Is.EqualTo(26));
    }

    [Test]
    public async Task What_was_there_is_hashed_as_it_was_found_and_what_comes_after_follows_it()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        await using var ledger = await MigratedAsync();
        var found = await LedgerChain.VerifyAsync(ledger);
        await ledger.AppendAsync(Make.Entry(Make.Run()));
        var report = await LedgerChain.VerifyAsync(ledger, found.Head!.Hash);

        Assert.That((found.IsWhole, found.Runs, found.FoundRuns), Is.EqualTo((true, 25L, 25L)), string.Join("\n", found.Breaks));
        Assert.That(found.FoundAt, Is.GreaterThan(before).And.LessThan(DateTimeOffset.UtcNow.AddSeconds(1)));
        Assert.That((report.IsWhole, report.Runs, report.FoundRuns, report.FoundAt), Is.EqualTo((true, 26L, 25L, found.FoundAt)));
    }

    // As when the one who brought it up to date was killed in between.
    [Test]
    public async Task What_was_brought_up_to_date_and_not_hashed_is_hashed_by_who_appends_first()
    {
        await using var ledger = await MigratedAsync();
        await using (var database = new OpenDatabase(kind, _address))
        {
            await database.ExecuteAsync("DELETE FROM records");
            await database.ExecuteAsync("UPDATE runs SET replaced = 1 WHERE run_id = 'unseen'");
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ledger.AppendAsync(Make.Entry(Make.Run())))));
        var report = await LedgerChain.VerifyAsync(ledger);

        Assert.That((report.IsWhole, report.Runs, report.FoundRuns, report.Head!.Records), Is.EqualTo((true, 29L, 25L, 30L)), string.Join("\n", report.Breaks));
    }

    [Test]
    public async Task A_shared_ledger_is_left_alone_until_somebody_asks_and_a_file_is_brought_up_to_date_as_it_is_opened()
    {
        if (kind == LedgerPlaces.Sqlite)
        {
            await using var ledger = await RunLedger.OpenAsync(_address);
            Assert.That(await CountAsync(ledger), Is.EqualTo(25));
            return;
        }

        Assert.That(() => RunLedger.OpenAsync(_address), Throws.TypeOf<LedgerException>().With.Message.Contains("earlier version").And.Message.Contains("./run ledger migrate"));
        await using var connection = new NpgsqlConnection(LedgerPlaces.ConnectionString(_address));
        Assert.That(await connection.ExecuteScalarAsync<long>("SELECT COUNT(rta_upper) FROM runs"), Is.EqualTo(21), "older pipelines go on writing");
        await RunLedger.MigrateAsync(_address);
        await using var opened = await RunLedger.OpenAsync(_address);
        Assert.That(await CountAsync(opened), Is.EqualTo(25));
    }

    [Test]
    public async Task A_shared_ledger_without_leases_refuses_them_and_says_what_to_do_and_a_file_gets_them()
    {
        await using var lease = new LedgerLease(() => _address);
        var system = new SystemIdentity("shop", "staging", SystemReach.Shared);
        var holder = LeaseHolder.Here("run", "the drill", Then);
        var taken = await lease.TakeAsync(system, holder, TimeSpan.Zero, CancellationToken.None);
        if (kind == LedgerPlaces.Postgres)
        {
            Assert.That(taken.Refusal, Does.StartWith("nobody can tell whether shop in staging is being broken by another machine: ").And.Contain("earlier version").And.Contain("./run ledger migrate"));
            await RunLedger.MigrateAsync(_address);
            taken = await lease.TakeAsync(system, holder, TimeSpan.Zero, CancellationToken.None);
        }

        Assert.That(taken.Refusal, Is.Null);
        await taken.Held!.DisposeAsync();
    }

    private async Task<RunLedger> MigratedAsync()
    {
        await RunLedger.MigrateAsync(_address);
        return await RunLedger.OpenAsync(_address);
    }

    // The evidence has two words more; an objective that nothing was held against is in the verdicts alone; and a request that was not due is no request.
    private static bool IsTold(string id, string member) => member == "evidence"
        || (id == "unmeasured" && member is "rto" or "availability_objective")
        || (id == "elsewhere" && member is "good")
        // The two dumps were made a moment apart.
        || member == "recorded_at";

    private static IEnumerable<JsonElement> Lines(byte[] text) => Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    private static string[] Words(JsonElement run) => run.GetProperty("evidence").GetString()!.Split(' ');

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("0.######", CultureInfo.InvariantCulture) : value.GetRawText();

    private static async Task<int> CountAsync(RunLedger ledger)
    {
        var count = 0;
        await foreach (var _ in ledger.ReadAllAsync())
        {
            count++;
        }

        return count;
    }
}
