using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Ledger.Tests.Chains;

/// <summary>Whether a record that lies elsewhere says what was chained.</summary>
public sealed class ChainedRunTests
{
    private static readonly LedgerEntry[] Entries = [.. new[] { "run-a", "run-b", "run-c" }.Select(id => Make.Entry(Make.Run() with { RunId = id }))];

    private string _folder = "";
    private RunLedger _ledger = null!;

    [SetUp]
    public async Task FillAsync()
    {
        _folder = Directory.CreateTempSubdirectory("chained-").FullName;
        _ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        foreach (var entry in Entries)
        {
            await _ledger.AppendAsync(entry);
        }
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task A_record_that_says_the_same_has_the_same_hash_in_its_place(int index)
    {
        var found = await LedgerChain.FindAsync(_ledger, Entries[index]);

        Assert.That(found!.Differing, Is.Empty);
        Assert.That(found.Record, Is.EqualTo(index + 1));
        Assert.That(found.FoundAt, Is.Null);
        Assert.That(found.RecordedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That(found.Hash == (await LedgerChain.HeadAsync(_ledger))!.Hash, Is.EqualTo(index == 2), "the last is the head");
    }

    [Test]
    public async Task What_another_says_otherwise_is_named()
    {
        var run = Entries[1].Run.Measuring(FigureNames.LostWrites, 7) with { Outcome = Outcome.Failed };

        var found = await LedgerChain.FindAsync(_ledger, new LedgerEntry(run, Entries[1].Details with { Timeline = "[1]" }));

        Assert.That(found!.Differing, Is.EqualTo(new[] { "outcome", "timeline", "the figure 'lost writes' of 'orders'" }));
    }

    [Test]
    public async Task Where_the_ledger_was_changed_nothing_has_the_same_hash()
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "ledger.db")};Pooling=False"))
        {
            connection.Execute("UPDATE runs SET recorded_at = recorded_at + 1 WHERE run_id = 'run-b'");
        }

        Assert.That((await LedgerChain.FindAsync(_ledger, Entries[1]))!.Differing, Is.EqualTo(new[] { "recorded_at" }));
    }

    [Test]
    public async Task A_run_that_is_not_there_has_no_place() => Assert.That(await LedgerChain.FindAsync(_ledger, Make.Entry(Make.Run())), Is.Null);
}
