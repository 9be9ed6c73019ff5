using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Measurement;
using ChaosHarness.Origins;
using ChaosHarness.Timing;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Ledger.Tests;

[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class RunLedgerTests(string kind)
{
    private string _folder = "";
    private LedgerAddress _address = null!;
    private RunLedger _ledger = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _address = await LedgerPlaces.NewAsync(kind, _folder);
        _ledger = await RunLedger.OpenAsync(_address, new FakeTimeProvider(Make.Now));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_record_of_a_run_comes_back_as_it_was()
    {
        var entry = RunReader.Read(Results.Whole());

        await _ledger.AppendAsync(entry);

        var read = (await AllAsync()).Single();
        Assert.That(Text(read.Run), Is.EqualTo(Text(entry.Run with { RecordedAt = Make.Now })));
        Assert.That(read.Details, Is.EqualTo(entry.Details));
        Assert.That(read.Details.LatencyHistogram, Is.EqualTo("""[{"upper":0.002,"count":8},{"upper":0.04,"count":2}]"""));
        Assert.That(read.Details.Journal, Is.EqualTo(read.Run.RunId + ".journal.json"));
    }

    [Test]
    public async Task Whatever_was_measured_or_not_comes_back()
    {
        var time = Gen.Long[0, 1L << 50].Select(TimeSpan.FromMicroseconds);
        var text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(value => (string?)new string([.. value.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))])));
        var generated = Gen.Select(Gen.Bool, time.Nullable(), time.Nullable(), Gen.Long.Nullable(), text, Gen.Enum<Outcome>()).Array[20].Array[3].Single();
        var number = 0;
        foreach (var batch in generated)
        {
            var entries = batch.Select(values => Make.Entry(new LedgerRun
            {
                RunId = $"generated-{number++:0000}",
                ExperimentId = "x" + values.Item5,
                Name = values.Item5 ?? "",
                System = "s",
                Environment = "e",
                Topology = "t",
                Origin = new RunOrigin { Branch = values.Item5, Seed = values.Item4, Host = values.Item5 },
                StartedAt = Make.Now.AddMinutes(number),
                Duration = values.Item2 ?? TimeSpan.Zero,
                Outcome = values.Item6,
                Reason = values.Item5,
                Objectives = new Objectives { Rto = values.Item3, Rpo = values.Item4 is { } writes ? new RecoveryPointObjective(Math.Abs(writes % 1000), values.Item3) : null, Availability = values.Item1 ? 0.1 + (number * 0.001) : null },
                Recovery = values.Item2 is { } lower ? new Bounds(lower, values.Item3) : null,
                Interrupted = values.Item2 is null ? null : values.Item1,
                WritesLost = values.Item4,
                Availability = values.Item1 ? new Availability(number, 1000) : null,
                CapacityLost = values.Item1 ? number / 7.0 : null,
                Labels = values.Item1 ? ["one", "two"] : [],
            })).ToList();
            await _ledger.AppendAsync(entries);
            var read = (await AllAsync()).Select(entry => Text(entry.Run)).ToHashSet();
            Assert.That(entries.Select(entry => Text(entry.Run with { RecordedAt = Make.Now })), Is.SubsetOf(read));
        }
    }

    [Test]
    public async Task A_run_is_there_once_as_it_was_first_written()
    {
        var run = Make.Run();

        Assert.That(await _ledger.AppendAsync(Make.Entry(run)), Is.True);
        Assert.That(await _ledger.AppendAsync(Make.Entry(run with { Outcome = Outcome.Failed })), Is.False);
        Assert.That(await _ledger.AppendAsync([Make.Entry(run), Make.Entry(Make.Run()), Make.Entry(run)]), Is.EqualTo(1));

        var all = await AllAsync();
        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(all.Single(entry => entry.Run.RunId == run.RunId).Run.Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public async Task Those_that_are_there_are_known_however_many_are_asked_for()
    {
        var runs = Enumerable.Range(0, 700).Select(_ => Make.Run()).ToList();
        await _ledger.AppendAsync([.. runs.Select(Make.Entry)]);

        Assert.That(await _ledger.KnownAsync([.. runs.Select(run => run.RunId), "unknown"]), Is.EquivalentTo(runs.Select(run => run.RunId)));
        Assert.That(await _ledger.KnownAsync([]), Is.Empty);
    }

    [Test]
    public async Task Many_who_open_it_at_once_set_it_up_once()
    {
        var address = await LedgerPlaces.NewAsync(kind, Directory.CreateDirectory(Path.Combine(_folder, "new")).FullName);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RunLedger.OpenAsync(address))));
        await Task.WhenAll(opened.Select(ledger => ledger.AppendAsync(Make.Entry(Make.Run()))));

        var count = 0;
        await foreach (var _ in opened[0].ReadAllAsync())
        {
            count++;
        }

        foreach (var ledger in opened)
        {
            await ledger.DisposeAsync();
        }

        Assert.That(count, Is.EqualTo(8));
    }

    [Test]
    public async Task Experiments_are_listed_once_and_their_latest_runs_come_newest_first()
    {
        List<LedgerRun> runs = [.. Enumerable.Range(1, 5).Select(day => Make.Run("b", daysAgo: day)), Make.Run("a", daysAgo: 9), Make.Run("b", daysAgo: -2)];
        await _ledger.AppendAsync([.. runs.Select(Make.Entry)]);

        Assert.That(await LedgerQueries.ExperimentsAsync(_ledger), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((await LedgerQueries.LatestAsync(_ledger, "b", Make.Now, 3)).Select(run => run.RunId), Is.EqualTo(runs.Take(3).Select(run => run.RunId)));
        Assert.That(await LedgerQueries.FromTheFutureAsync(_ledger, Make.Now), Is.EqualTo(1));
    }

    [Test]
    public async Task An_empty_ledger_has_no_experiments() => Assert.That(await LedgerQueries.ExperimentsAsync(_ledger), Is.Empty);

    [Test]
    public async Task Text_that_a_database_cannot_hold_does_not_keep_a_run_out()
    {
        var result = Results.Whole() with { Name = "nul \0 and half a pair \ud800 and " + new string('x', 5000), Reason = "\0", Outcome = Outcome.Failed, Labels = ["with blank", " "] };

        Assert.That(await _ledger.AppendAsync(RunReader.Read(result)), Is.True);

        var run = (await AllAsync()).Single().Run;
        Assert.That(run.Name, Does.StartWith("nul  and half a pair \ufffd and xxx").And.Length.LessThanOrEqualTo(2000));
        Assert.That(run.Labels, Is.EqualTo(new[] { "with-blank" }));
    }

    private async Task<List<LedgerEntry>> AllAsync()
    {
        var entries = new List<LedgerEntry>();
        await foreach (var entry in _ledger.ReadAllAsync())
        {
            entries.Add(entry);
        }

        return entries;
    }

    // Records compare their lists by reference.
    private static string Text(LedgerRun run) => System.Text.Json.JsonSerializer.Serialize(run);
}
