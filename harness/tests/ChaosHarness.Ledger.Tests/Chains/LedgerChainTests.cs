using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Ledger.Tests.Chains;

[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class LedgerChainTests(string kind)
{
    private const int Runs = 7;
    private string _folder = "";
    private LedgerAddress _address = null!;
    private RunLedger _ledger = null!;
    private OpenDatabase _database = null!;
    private List<LedgerRun> _runs = null!;
    private long _firstNo;

    [SetUp]
    public async Task FillAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _address = await LedgerPlaces.NewAsync(kind, _folder);
        _ledger = await RunLedger.OpenAsync(_address, new FakeTimeProvider(Make.Now));
        _database = new OpenDatabase(kind, _address);
        // A series, a kind and a figure of its own each, so that what they have in common is changed for one of them alone.
        _runs = [.. Enumerable.Range(1, Runs).Select(number => Make.Run($"losing-{number}", rta: number) with { Labels = [$"label-{number}"], Origin = Make.Run().Origin with { Host = $"host-{number}" } }).Select((run, index) => run.And(Figure.Exact($"figure {index + 1}", "orders", Unit.Count, index)))];
        foreach (var run in _runs)
        {
            await _ledger.AppendAsync(Make.Entry(run));
        }

        _firstNo = await _database.AskAsync<long>("SELECT MIN(run_no) FROM runs");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _database.DisposeAsync();
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task What_nobody_touched_is_whole_and_its_head_changes_with_every_run()
    {
        var report = await VerifyAsync();
        await _ledger.AppendAsync(Make.Entry(_runs[0]));
        var again = await VerifyAsync();
        await _ledger.AppendAsync(Make.Entry(Make.Run()));
        var after = await VerifyAsync(report.Head!.Hash.ToUpperInvariant());

        Assert.That((report.IsWhole, report.Runs, report.FoundRuns, report.FoundAt), Is.EqualTo((true, Runs, 0, (DateTimeOffset?)null)), Text(report));
        Assert.That(report.Head, Is.EqualTo(await LedgerChain.HeadAsync(_ledger) is var head ? again.Head : head), "a run that is there already is nothing new");
        Assert.That(after.Head, Is.Not.EqualTo(report.Head));
        Assert.That((after.IsWhole, after.GivenHeadAt, after.Head!.Records), Is.EqualTo((true, (long?)Runs, (long)Runs + 1)), Text(after));
        Assert.That(after.Head, Is.EqualTo(await LedgerChain.HeadAsync(_ledger)));
    }

    [Test]
    public async Task A_ledger_without_runs_is_whole_and_has_no_head()
    {
        await using var empty = await RunLedger.OpenAsync(await LedgerPlaces.NewAsync(kind, Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName));

        var report = await LedgerChain.VerifyAsync(empty);

        Assert.That((report.IsWhole, report.Head, report.Runs), Is.EqualTo((true, (LedgerHead?)null, 0L)));
        Assert.That(await LedgerChain.HeadAsync(empty), Is.Null);
        Assert.That((await LedgerChain.VerifyAsync(empty, new string('a', 64))).IsWhole, Is.False, "what had an end has none any more");
    }

    // Whatever columns there are, also those that a later version adds.
    [Test]
    public async Task A_change_of_any_column_is_noticed_and_named()
    {
        var number = await _database.AskAsync<long>($"SELECT run_no FROM runs WHERE run_id = '{_runs[3].RunId}'");
        var figure = await _database.AskAsync<long>("SELECT figure_no FROM figure_names WHERE name = 'figure 4'");
        var rows = new Dictionary<string, string>
        {
            ["runs"] = $"run_no = {number}",
            ["series"] = $"series_no = (SELECT series_no FROM runs WHERE run_no = {number})",
            ["kinds"] = $"kind_no = (SELECT kind_no FROM runs WHERE run_no = {number})",
            ["details"] = $"run_no = {number}",
            ["figure_names"] = $"figure_no = {figure}",
            ["figures"] = $"run_no = {number} AND figure_no = {figure}",
            ["records"] = $"item_no = {number}",
        };
        foreach (var (table, column) in await _database.ColumnsAsync([.. rows.Keys]))
        {
            var row = rows[table];
            var was = await _database.ValueAsync($"SELECT {column} FROM {table} WHERE {row}");
            // Where the row is afterwards: what it is found by may be what was changed.
            await _database.ExecuteAsync($"CREATE TABLE kept AS SELECT * FROM {table} WHERE {row}");
            await _database.ExecuteAsync($"UPDATE {table} SET {column} = @other WHERE {row}", new { other = Other(was, column) });

            var report = await VerifyAsync();

            Assert.That(report.Breaks, Is.Not.Empty, $"{table}.{column} was {was}");
            Assert.That(Text(report), Does.Contain(_runs[3].RunId), $"{table}.{column}");
            Assert.That(table is "records" || column.EndsWith("_no", StringComparison.Ordinal) || column == "run_id" || report.Breaks.Single().What.Contains(table.StartsWith("figure", StringComparison.Ordinal) ? "figure" : column, StringComparison.Ordinal), Is.True, $"{table}.{column}: {Text(report)}");
            await PutBackAsync(table);
        }

        Assert.That((await VerifyAsync()).IsWhole, Is.True, "everything was put back");
    }

    [Test]
    public async Task Any_change_of_a_field_to_any_other_value_is_noticed()
    {
        var columns = (await _database.ColumnsAsync("runs", "details", "figures")).Where(entry => !entry.Column.EndsWith("_no", StringComparison.Ordinal)).ToList();
        var cases = Gen.Select(Gen.Int[1, Runs], Gen.Int[0, columns.Count - 1], Gen.String[Gen.Char['a', 'z'], 0, 5], Gen.Long[-5, 5], Gen.Double[-2, 2]).Array[kind == LedgerPlaces.Sqlite ? 150 : 60].Single();
        foreach (var (runNo, index, text, whole, real) in cases)
        {
            var (table, column) = columns[index];
            var row = $"run_no = {No(runNo)}{(table == "figures" ? $" AND figure_no = (SELECT MIN(figure_no) FROM figures WHERE run_no = {No(runNo)})" : "")}";
            var was = await _database.ValueAsync($"SELECT {column} FROM {table} WHERE {row}");
            var other = was is double || column is "lower" or "upper" or "objective" ? (object)real : was is long || column is "seed" or "met" ? whole : text;
            if (other.Equals(was) || (column == "run_id" && _runs.Any(run => run.RunId.Equals(other))))
            {
                continue;
            }

            await _database.ExecuteAsync($"UPDATE {table} SET {column} = @other WHERE {row}", new { other });
            Assert.That((await VerifyAsync()).Breaks, Has.Count.GreaterThanOrEqualTo(1), $"{table}.{column} of {runNo}: {was} became {other}");
            await _database.ExecuteAsync($"UPDATE {table} SET {column} = @was WHERE {row}", new { was });
        }

        Assert.That((await VerifyAsync()).IsWhole, Is.True);
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task A_run_that_is_taken_out_is_named_though_it_is_gone(int number)
    {
        await DeleteAsync(number, withRecord: false);

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Kind, found.Record, found.Id), Is.EqualTo((ChainBreakKind.Removed, (long?)number, (string?)_runs[number - 1].RunId)));
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task A_run_that_is_taken_out_with_its_record_leaves_a_gap(int number)
    {
        await DeleteAsync(number, withRecord: true);

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Kind, found.Record, found.Id), Is.EqualTo((ChainBreakKind.Removed, (long?)number, (string?)null)));
        Assert.That(found.What, Does.Contain(_runs[number].RunId).And.Contain(number == 1 ? "gone" : _runs[number - 2].RunId));
    }

    [Test]
    public async Task The_last_one_is_missed_only_by_who_wrote_the_head_down()
    {
        var head = (await LedgerChain.HeadAsync(_ledger))!;
        await DeleteAsync(Runs, withRecord: true);

        Assert.That((await VerifyAsync()).IsWhole, Is.True);
        var report = await VerifyAsync(head.Hash);
        Assert.That((report.IsWhole, report.IsGivenHeadMissing, report.GivenHeadAt), Is.EqualTo((false, true, (long?)null)));
    }

    [Test]
    public async Task A_record_that_is_taken_out_and_the_others_numbered_anew_is_noticed()
    {
        await DeleteAsync(4, withRecord: true);
        for (var number = 5; number <= Runs; number++)
        {
            await _database.ExecuteAsync($"UPDATE records SET record_no = {number - 1} WHERE record_no = {number}");
        }

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Record, found.Id), Is.EqualTo(((long?)3, (string?)_runs[2].RunId)));
        Assert.That(found.What, Does.Contain("what came after it is gone").And.Contain(_runs[4].RunId));
    }

    [TestCase(7, 8)]
    [TestCase(7, long.MaxValue)]
    [TestCase(7, -1)]
    [TestCase(1, 0)]
    [TestCase(1, long.MinValue + 2)]
    [TestCase(4, 9)]
    public async Task A_record_that_is_numbered_anew_is_named(int number, long anew)
    {
        await _database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE records SET record_no = {anew} WHERE record_no = {number}"));

        Assert.That((await VerifyAsync()).Breaks.Select(found => (found.Record, found.Id)), Does.Contain(((long?)anew, (string?)_runs[number - 1].RunId)));
    }

    [Test]
    public async Task Two_records_that_change_places_are_both_named()
    {
        await _database.ExecuteAsync("UPDATE records SET record_no = 100 WHERE record_no = 3");
        await _database.ExecuteAsync("UPDATE records SET record_no = 3 WHERE record_no = 5");
        await _database.ExecuteAsync("UPDATE records SET record_no = 5 WHERE record_no = 100");

        Assert.That((await VerifyAsync()).Breaks.Select(found => (found.Kind, found.Record, found.Id)), Is.EqualTo(new[] { (ChainBreakKind.Reordered, (long?)3, _runs[4].RunId), (ChainBreakKind.Reordered, (long?)5, _runs[2].RunId) }));
    }

    [Test]
    public async Task Two_runs_that_change_places_are_both_named_with_what_differs()
    {
        await _database.ExecuteAsync($"UPDATE figures SET run_no = 1000 WHERE run_no = {No(3)}");
        await _database.ExecuteAsync($"UPDATE figures SET run_no = {No(3)} WHERE run_no = {No(5)}");
        await _database.ExecuteAsync($"UPDATE figures SET run_no = {No(5)} WHERE run_no = 1000");

        var report = await VerifyAsync();

        Assert.That(report.Breaks.Select(found => (found.Kind, found.Id)), Is.EqualTo(new[] { (ChainBreakKind.Changed, _runs[2].RunId), (ChainBreakKind.Changed, _runs[4].RunId) }));
        Assert.That(report.Breaks[0].What, Does.Contain("the figure 'figure 5' of 'orders'").And.Contain("the figure 'recovery time'"));
    }

    [Test]
    public async Task A_run_that_is_put_in_is_named()
    {
        await _database.ExecuteAsync($"INSERT INTO runs (run_id, series_no, kind_no, attempt, replaced, name, started_at, duration, recorded_at) SELECT 'forged', series_no, kind_no, attempt, replaced, name, started_at, duration, recorded_at FROM runs WHERE run_no = {No(3)}");

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Kind, found.Record, found.Id), Is.EqualTo((ChainBreakKind.Inserted, (long?)null, "forged")));
    }

    [Test]
    public async Task A_record_that_is_put_in_between_is_named_though_its_hash_is_right()
    {
        // All that follow are moved by one, and the new one is hashed as it ought to be.
        for (var number = Runs; number >= 4; number--)
        {
            await _database.ExecuteAsync($"UPDATE records SET record_no = {number + 1} WHERE record_no = {number}");
        }

        await _ledger.AppendAsync(Make.Entry(Make.Run() with { RunId = "forged" }));
        await ForgeAsync("forged", 4, after: 3);

        var report = await VerifyAsync();

        Assert.That(report.Breaks.Select(found => (found.Kind, found.Record, found.Id)), Is.EqualTo(new[] { (ChainBreakKind.Inserted, (long?)4, "forged") }), Text(report));
    }

    [Test]
    public async Task A_record_that_is_written_anew_with_a_hash_that_fits_is_noticed_by_the_one_after_it()
    {
        await _database.ExecuteAsync($"UPDATE runs SET reason = 'nothing happened' WHERE run_no = {No(4)}");
        await ForgeAsync(_runs[3].RunId, 4, after: 3);

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Kind, found.Record, found.Id), Is.EqualTo((ChainBreakKind.Changed, (long?)4, _runs[3].RunId)));
        Assert.That(found.What, Does.Contain("written anew").And.Contain(_runs[4].RunId));
    }

    [Test]
    public async Task A_run_that_is_taken_out_and_appended_again_is_noticed()
    {
        await DeleteAsync(4, withRecord: false);
        await _ledger.AppendAsync(Make.Entry(_runs[3]));

        var found = (await VerifyAsync()).Breaks.Single();

        Assert.That((found.Kind, found.Record, found.Id), Is.EqualTo((ChainBreakKind.Removed, (long?)4, _runs[3].RunId)));
    }

    [Test]
    public async Task A_chain_that_is_taken_out_as_a_whole_is_told_and_not_made_anew_in_silence()
    {
        await _database.ExecuteAsync("DELETE FROM records");

        var report = await VerifyAsync();

        Assert.That(report.Breaks.Single().What, Does.Contain("the chain is empty, and there are 7 runs").And.Contain("ledger migrate"));
        await RunLedger.MigrateAsync(_address);
        report = await VerifyAsync();
        Assert.That((report.IsWhole, report.FoundRuns), Is.EqualTo((true, (long)Runs)), "it says that it found them");
    }

    [Test]
    public async Task What_somebody_wrote_in_another_form_than_a_column_has_is_noticed_and_no_error()
    {
        await _database.ExecuteAsync("UPDATE records SET hash = @none, marks = @none WHERE record_no = 2", new { none = Array.Empty<byte>() });
        if (kind == LedgerPlaces.Sqlite)
        {
            await _database.ExecuteAsync($"UPDATE runs SET started_at = 'yesterday', name = 7.5, reason = x'00ff' WHERE run_no = {No(4)}");
            await _database.ExecuteAsync("UPDATE records SET follows = 'x', kind = x'01', found_at = 'now' WHERE record_no = 6");
        }

        Assert.That((await VerifyAsync()).Breaks.Select(found => found.Record), Is.SupersetOf(kind == LedgerPlaces.Sqlite ? [2L, 4, 6] : new long?[] { 2 }));
    }

    [Test]
    public async Task That_a_later_attempt_counts_is_in_the_chain_and_no_change()
    {
        LedgerRun[] attempts = [.. Enumerable.Range(1, 3).Select(attempt => Make.Run(outcome: attempt == 3 ? Outcome.Passed : Outcome.Failed) with { Attempt = attempt, StartedAt = Make.Now.AddMinutes(attempt) })];
        await _ledger.AppendAsync([Make.Entry(attempts[1]), Make.Entry(attempts[0])]);
        await _ledger.AppendAsync(Make.Entry(attempts[2]));

        var report = await VerifyAsync();
        Assert.That((report.IsWhole, report.Runs, report.Head!.Records), Is.EqualTo((true, Runs + 3L, Runs + 5L)), Text(report));

        await _database.ExecuteAsync($"UPDATE runs SET replaced = 0 WHERE run_id = '{attempts[0].RunId}'");
        await _database.ExecuteAsync($"UPDATE runs SET replaced = 1 WHERE run_id = '{attempts[2].RunId}'");
        Assert.That((await VerifyAsync()).Breaks.Select(found => (found.Id, found.What)), Is.EquivalentTo(new[] { (attempts[0].RunId, "replaced"), (attempts[2].RunId, "replaced") }));
    }

    [Test]
    public async Task Whatever_was_measured_and_written_is_whole_when_it_is_read_again()
    {
        var edge = new double?[] { null, 0, -0.0, -1, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity };
        var bound = Gen.Select(Gen.Int[0, 9], Gen.Double[-1e6, 1e6]).Select(choice => choice.Item1 < edge.Length ? edge[choice.Item1] : choice.Item2);
        var text = Gen.String.Select(value => kind == LedgerPlaces.Sqlite ? value : value.Replace("\0", "", StringComparison.Ordinal));
        var generated = Gen.Select(text, Gen.Long, Gen.Select(text, bound, bound, bound).Array[0, 60]).Array[40].Single();
        await _ledger.AppendAsync([.. generated.Select((values, number) => Make.Entry(Make.Run(values.Item1) with
        {
            Name = values.Item1,
            Reason = values.Item1,
            Origin = new ChaosHarness.Origins.RunOrigin { Seed = values.Item2, Host = values.Item1 },
            Figures = [.. values.Item3.Select((f, i) => new RecordedFigure(new Figure($"{i} {f.Item1}", f.Item1, Unit.Seconds, f.Item2, f.Item3), f.Item4))],
        }))]);

        Assert.That(Text(await VerifyAsync()), Is.Empty);
    }

    [Test]
    public async Task A_head_that_is_none_is_told()
    {
        Assert.That(() => LedgerChain.VerifyAsync(_ledger, "abc"), Throws.TypeOf<FormatException>().With.Message.Contains("'abc'").And.Message.Contains("64 hexadecimal digits"));
        Assert.That((await VerifyAsync(new string('0', 64))).IsGivenHeadMissing, Is.True);
    }

    private async Task<ChainReport> VerifyAsync(string? head = null) => await LedgerChain.VerifyAsync(_ledger, head);

    private static string Text(ChainReport report) => string.Join("\n", report.Breaks);

    // PostgreSQL begins with another one than SQLite.
    private long No(int number) => _firstNo + number - 1;

    private async Task DeleteAsync(int number, bool withRecord)
    {
        foreach (var table in new[] { "figures", "details", "runs" })
        {
            await _database.ExecuteAsync($"DELETE FROM {table} WHERE run_no = {No(number)}");
        }

        if (withRecord)
        {
            await _database.ExecuteAsync($"DELETE FROM records WHERE record_no = {number}");
        }
    }

    // What somebody would do who knows how the hashes are made.
    private async Task ForgeAsync(string runId, long number, long after)
    {
        await using var connection = kind == LedgerPlaces.Sqlite ? (System.Data.Common.DbConnection)new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_address.Shown};Pooling=False") : new Npgsql.NpgsqlConnection(LedgerPlaces.ConnectionString(_address));
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var runNo = await _database.AskAsync<long>($"SELECT run_no FROM runs WHERE run_id = '{runId}'");
        var run = (await new RecordedRuns(connection, transaction).ReadAsync([runNo], default))[runNo];
        await transaction.RollbackAsync();
        var text = new RecordText(RecordKind.Run, null);
        run.Write(text);
        var previous = (await _database.AskAsync<byte[]>($"SELECT hash FROM records WHERE record_no = {after}"))!;
        await _database.ExecuteAsync(
            string.Create(CultureInfo.InvariantCulture, $"UPDATE records SET record_no = {number}, follows = @follows, hash = @hash, marks = @marks WHERE item_no = {runNo} AND kind = 'run'"),
            new { follows = RecordRow.Beginning(previous), hash = text.HashAfter(previous), marks = text.Marks });
    }

    private async Task PutBackAsync(string table)
    {
        // Of the others of the table none has what the kept one has.
        var key = (await _database.ColumnsAsync(table))[0].Column;
        var others = table switch { "figures" => "run_no = (SELECT run_no FROM kept) AND figure_no = (SELECT figure_no FROM kept)", _ => $"{key} = (SELECT {key} FROM kept)" };
        await _database.ExecuteAsync($"DELETE FROM {table} WHERE {others}");
        await _database.ExecuteAsync($"DELETE FROM {table} WHERE {(table == "figures" ? "run_no > 900 OR figure_no > 900" : $"{key} > 900")}");
        await _database.ExecuteAsync($"INSERT INTO {table} SELECT * FROM kept");
        await _database.ExecuteAsync("DROP TABLE kept");
    }

    private static object Other(object? was, string column) => was switch
    {
        // Far from the numbers of others.
        long when column.EndsWith("_no", StringComparison.Ordinal) => 1000L,
        long number => number == 0 ? 1L : number - 1,
        double number => number + 0.25,
        string text when column == "kind" => text + "x",
        string text => text + "x",
        byte[] bytes => (byte[])[(byte)(bytes[0] ^ 1), .. bytes[1..]],
        _ when column is "seed" or "found_at" or "met" => 1L,
        _ when column is "upper" or "objective" => 0.5,
        _ => "x",
    };
}
