using ChaosHarness.Journals;
using ChaosHarness.Ledger.Importing;
using ChaosHarness.Ledger.Recording;
using ChaosHarness.Ledger.Tests.Runs;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Ledger.Tests;

/// <summary>What can be wrong with a file.</summary>
public sealed class SqliteLedgerTests
{
    private string _folder = "";

    private string File => Path.Combine(_folder, "ledger.db");

    private string Journals => Path.Combine(_folder, "journals");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    [TearDown]
    public void RemoveFolder()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_locked_ledger_loses_no_run_and_gets_it_from_its_journal_later()
    {
        var result = Results.Whole();
        await new JournalRecorder(Journals).RecordAsync(result, default);
        await (await OpenAsync(File)).DisposeAsync();
        var warnings = new List<string>();
        using (var locking = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await locking.OpenAsync();
            using var command = locking.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            using var recorder = new LedgerRecorder(() => LedgerAddress.Parse($"Data Source={File};Default Timeout=1", _folder), Journals, warnings.Add);

            await recorder.RecordAsync(result, default);
        }

        Assert.That(warnings, Has.Count.EqualTo(1));
        Assert.That(warnings[0], Does.Contain(result.RunId).And.Contain("journal is kept").And.Contain("locked"));
        Assert.That(await RunsAsync(), Is.Zero);

        // The first run of the next process brings both.
        using var next = new LedgerRecorder(() => LedgerAddress.Parse(File, _folder), Journals, warnings.Add);
        await next.RecordAsync(Results.Whole(), default);
        Assert.That(await RunsAsync(), Is.EqualTo(2));
        Assert.That(warnings, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_without_a_journal_is_not_said_to_come_later()
    {
        var warnings = new List<string>();
        using var recorder = new LedgerRecorder(() => throw new LedgerException("no such place"), Journals, warnings.Add);

        await recorder.RecordAsync(Results.Whole(), default);

        Assert.That(warnings.Single(), Does.EndWith($"is not in the ledger and will not come to it, as {Journals} has no journal of it. no such place"));
    }

    [Test]
    public async Task One_that_could_not_be_opened_is_left_alone_for_a_minute()
    {
        var time = new FakeTimeProvider();
        var asked = 0;
        var warnings = new List<string>();
        using var recorder = new LedgerRecorder(() => ++asked < 2 ? throw new LedgerException("no such place") : LedgerAddress.Parse(File, _folder), null, warnings.Add, time);

        await recorder.RecordAsync(Results.Whole(), default);
        time.Advance(TimeSpan.FromSeconds(59));
        await recorder.RecordAsync(Results.Whole(), default);
        Assert.That((asked, warnings.Count), Is.EqualTo((1, 2)));

        time.Advance(TimeSpan.FromSeconds(1));
        await recorder.RecordAsync(Results.Whole(), default);
        Assert.That((asked, warnings.Count), Is.EqualTo((2, 2)));
        Assert.That(await RunsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_ledger_that_may_only_be_read_is_read_and_not_written()
    {
        await using (var ledger = await OpenAsync(File))
        {
            await ledger.AppendAsync(Make.Entry(Make.Run()));
        }

        await using var reading = await OpenAsync($"Data Source={File};Mode=ReadOnly");

        Assert.That(await LedgerQueries.SeriesAsync(reading), Has.Count.EqualTo(1));
        Assert.That(() => reading.AppendAsync(Make.Entry(Make.Run())), Throws.TypeOf<LedgerException>().With.Message.Contains("readonly"));
    }

    [Test]
    public void A_folder_that_is_a_file_is_told() =>
        Assert.That(() => OpenAsync(Path.Combine(NewFile("plain", "x"), "ledger.db")), Throws.TypeOf<LedgerException>().With.Message.Contains("cannot be reached"));

    [Test]
    public void A_file_that_is_no_ledger_is_told_and_left_alone()
    {
        var file = NewFile("ledger.db", "this is a text, and longer than the header of a database, which has a hundred bytes to say what it is, so that it can tell");
        var before = System.IO.File.ReadAllBytes(file);

        Assert.That(() => OpenAsync(file), Throws.TypeOf<LedgerException>().With.Message.Contains("not a database"));
        Assert.That(System.IO.File.ReadAllBytes(file), Is.EqualTo(before));
    }

    [Test]
    public async Task A_ledger_of_a_later_version_is_not_written_to()
    {
        await (await OpenAsync(File)).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={File}"))
        {
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('0999-later.sql', '2030-01-01')";
            await command.ExecuteNonQueryAsync();
        }

        Assert.That(() => OpenAsync(File), Throws.TypeOf<LedgerException>().With.Message.Contains("later version").And.Message.Contains("0999-later.sql"));
    }

    [Test]
    public void An_old_ledger_that_may_only_be_read_is_refused_with_what_to_do()
    {
        MakeOld();

        Assert.That(() => OpenAsync($"Data Source={File};Mode=ReadOnly"), Throws.TypeOf<LedgerException>().With.Message.Contains("may only be read here").And.Message.Contains("./run ledger migrate"));
    }

    [Test]
    public async Task One_that_fails_half_way_is_as_it_was()
    {
        MakeOld();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            // The last of the new tables is in the way.
            await connection.ExecuteAsync("CREATE TABLE details (x)");
        }

        Assert.That(() => OpenAsync(File), Throws.TypeOf<LedgerException>().With.Message.Contains("is as it was").And.Message.Contains("details"));

        using var again = new SqliteConnection($"Data Source={File};Pooling=False");
        Assert.That(await again.ExecuteScalarAsync<long>("SELECT COUNT(rta_upper) FROM runs"), Is.EqualTo(21));
        await again.ExecuteAsync("DROP TABLE details");
        Assert.That(await RunsAsync(), Is.EqualTo(25));
    }

    [Test]
    public async Task Journals_that_are_truncated_foreign_or_from_the_future_are_skipped_with_the_reason()
    {
        var whole = Journal.Write(Results.Whole());
        NewFile("journals/whole.journal.json", "");
        System.IO.File.WriteAllBytes(Path.Combine(Journals, "whole.journal.json"), whole);
        System.IO.File.WriteAllBytes(Path.Combine(Journals, "copy.journal.json"), whole);
        System.IO.File.WriteAllBytes(Path.Combine(Journals, "truncated.journal.json"), whole[..(whole.Length / 2)]);
        NewFile("journals/empty.journal.json", "");
        NewFile("journals/foreign.journal.json", "{\"hello\":[1,2,3]}");
        NewFile("journals/future.journal.json", "{\"schema\":99,\"result\":{\"somethingNew\":true}}");
        NewFile("journals/nulls.journal.json", System.Text.Encoding.UTF8.GetString(whole).Replace("\"system\":\"shop\"", "\"system\":null", StringComparison.Ordinal));
        NewFile("journals/endless.journal.json", System.Text.Encoding.UTF8.GetString(whole).Replace("\"duration\":9", "\"duration\":1e28", StringComparison.Ordinal));
        NewFile("journals/odd.journal.json", System.Text.Encoding.UTF8.GetString(whole).Replace("\"outcome\":\"Passed\"", "\"outcome\":77", StringComparison.Ordinal));
        NewFile("journals/half-written.journal.json.partial", "{");
        await using var ledger = await OpenAsync(File);

        var first = await JournalImport.RunAsync(ledger, Journals);
        var second = await JournalImport.RunAsync(ledger, Journals);

        Assert.That((first.Imported, first.AlreadyThere), Is.EqualTo((1, 1)), "the copy is the same run");
        Assert.That((second.Imported, second.AlreadyThere), Is.EqualTo((0, 2)));
        Assert.That(first.Skipped.Select(skipped => Path.GetFileName(skipped.Path)!.Split('.')[0]), Is.EquivalentTo(new[] { "truncated", "empty", "foreign", "future", "nulls", "endless", "odd" }));
        Assert.That(first.Skipped.Single(skipped => skipped.Path.Contains("future", StringComparison.Ordinal)).Reason, Does.Contain("schema 99"));
        Assert.That(await RunsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_folder_that_does_not_exist_holds_no_journals()
    {
        await using var ledger = await OpenAsync(File);

        Assert.That(await JournalImport.RunAsync(ledger, Path.Combine(_folder, "nowhere")), Is.EqualTo(new ImportReport(0, 0, [])).Using<ImportReport>((a, b) => a.ToString() == b.ToString()));
    }

    // As the version before made it.
    private void MakeOld()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Execute(System.IO.File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Migrations", "wide-ledger.sqlite.sql")));
    }

    private Task<RunLedger> OpenAsync(string address) => RunLedger.OpenAsync(LedgerAddress.Parse(address, _folder));

    private async Task<int> RunsAsync()
    {
        await using var ledger = await OpenAsync(File);
        var count = 0;
        await foreach (var _ in ledger.ReadAllAsync())
        {
            count++;
        }

        return count;
    }

    private string NewFile(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
