using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Origins;
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
        Assert.That(read.Run.Parameters, Is.EqualTo("""{"again":"no","later":"2s"}"""));
        Assert.That(read.Details.Journal, Is.EqualTo(read.Run.RunId + ".journal.json"));
    }

    [Test]
    public async Task Whatever_was_measured_or_not_comes_back()
    {
        var edge = new double?[] { null, 0, -1, double.MaxValue, double.Epsilon };
        var bound = Gen.Select(Gen.Int[0, 9], Gen.Double[-1e6, 1e6]).Select(choice => choice.Item1 < edge.Length ? edge[choice.Item1] : choice.Item2);
        var text = Gen.OneOf(Gen.Const((string?)null), Gen.String.Select(value => (string?)new string([.. value.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))])));
        var figure = Gen.Select(text, bound, bound, bound, Gen.Bool, Gen.Enum<Better>());
        var generated = Gen.Select(Gen.Bool, Gen.Long, text, Gen.Enum<Outcome>(), figure.Array[0, 70]).Array[20].Array[3].Single();
        var number = 0;
        foreach (var batch in generated)
        {
            var entries = batch.Select(values => Make.Entry(new LedgerRun
            {
                RunId = $"generated-{number++:0000}",
                ExperimentId = "x" + values.Item3,
                Parameters = RunSeries.Write(values.Item3 is { } value ? [KeyValuePair.Create("a", value)] : []),
                Name = values.Item3 ?? "",
                System = "s",
                Environment = "e",
                Topology = "t",
                Origin = new RunOrigin { Branch = values.Item3, Seed = values.Item1 ? values.Item2 : null, Host = values.Item3, Profile = values.Item1 ? "nightly" : null },
                Attempt = 1 + (number % 3),
                StartedAt = Make.Now.AddDays(number),
                Duration = TimeSpan.FromMicroseconds(Math.Abs(values.Item2 % (1L << 50))),
                Outcome = values.Item4,
                Reason = values.Item3,
                Figures = [.. values.Item5.Select((f, i) => new RecordedFigure(new Figure($"figure {i}", f.Item1 ?? "", new Unit(f.Item1 ?? "s"), f.Item2, f.Item3, f.Item6), f.Item4, f.Item4 is null ? null : f.Item5))],
                Labels = values.Item1 ? ["one", "two"] : [],
            })).ToList();
            await _ledger.AppendAsync(entries);
            var read = (await AllAsync()).ToDictionary(entry => entry.Run.RunId, entry => Text(Sorted(entry.Run)));
            foreach (var (run, _) in entries)
            {
                Assert.That(read[run.RunId], Is.EqualTo(Text(Sorted(run with { RecordedAt = Make.Now }))));
            }
        }
    }

    // The shortest forms of what can be known of a number, each of which has to come back as itself.
    [TestCase(1.5, 1.5)]
    [TestCase(1.5, 2.5)]
    [TestCase(0.0, 0.0)]
    [TestCase(1.5, null)]
    [TestCase(null, 2.5)]
    [TestCase(null, null)]
    public async Task What_is_exact_bounded_unbounded_or_unknown_comes_back_so(double? lower, double? upper)
    {
        await _ledger.AppendAsync(Make.Entry(Make.Run() with { Figures = [new RecordedFigure(new Figure("x", "", Unit.Seconds, lower, upper))] }));

        Assert.That((await AllAsync()).Single().Run.Figures.Single().Figure, Is.EqualTo(new Figure("x", "", Unit.Seconds, lower, upper)));
    }

    [Test]
    public async Task What_is_no_number_is_unknown()
    {
        await _ledger.AppendAsync(Make.Entry(Make.Run() with { Figures = [new RecordedFigure(Figure.Exact("x", "", Unit.Seconds, double.NaN), double.NaN)] }));

        Assert.That((await AllAsync()).Single().Run.Figures.Single(), Is.EqualTo(new RecordedFigure(new Figure("x", "", Unit.Seconds, null, null))));
    }

    // Whatever comes first into the ledger, and however late the journal of the first attempt does.
    [TestCase(0, 1, 2)]
    [TestCase(2, 1, 0)]
    [TestCase(1, 0, 2)]
    [TestCase(2, 0, 1)]
    public async Task Of_the_attempts_of_a_test_the_last_counts_and_all_are_kept(params int[] order)
    {
        var before = Make.Run(daysAgo: 2, outcome: Outcome.Failed);
        var elsewhere = Make.Run() with { Origin = before.Origin with { Host = "elsewhere" } };
        LedgerRun[] attempts = [.. Enumerable.Range(1, 3).Select(attempt => Make.Run(outcome: attempt == 3 ? Outcome.Passed : Outcome.Failed) with { Attempt = attempt, StartedAt = Make.Now.AddHours(-2).AddMinutes(attempt) })];
        await _ledger.AppendAsync([Make.Entry(before), Make.Entry(elsewhere)]);

        foreach (var index in order)
        {
            await _ledger.AppendAsync(Make.Entry(attempts[index]));
        }

        Assert.That((await AllAsync()).Select(entry => (entry.Run.RunId, entry.Run.IsReplaced)), Is.EquivalentTo(new[] { (before.RunId, false), (elsewhere.RunId, false), (attempts[0].RunId, true), (attempts[1].RunId, true), (attempts[2].RunId, false) }));
        Assert.That((await LedgerQueries.LatestAsync(_ledger, before.Series, Make.Now, 9)).Select(run => run.RunId), Is.EqualTo(new[] { attempts[2].RunId, elsewhere.RunId, before.RunId }));
    }

    [Test]
    public async Task Tomorrows_run_is_no_attempt_of_todays()
    {
        var today = Make.Run(daysAgo: 2, outcome: Outcome.Failed);
        await _ledger.AppendAsync([Make.Entry(today), Make.Entry(Make.Run(daysAgo: 1) with { Attempt = 2 })]);

        Assert.That((await AllAsync()).Select(entry => entry.Run.IsReplaced), Has.All.False);
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
    public async Task Series_are_listed_once_and_their_latest_runs_come_newest_first()
    {
        List<LedgerRun> runs = [.. Enumerable.Range(1, 5).Select(day => Make.Run("b", daysAgo: day)), Make.Run("a", daysAgo: 9), Make.Run("b", daysAgo: -2), Make.Run("b") with { Environment = "staging" }];
        await _ledger.AppendAsync([.. runs.Select(Make.Entry)]);

        Assert.That(await LedgerQueries.SeriesAsync(_ledger), Is.EqualTo(new[] { runs[5].Series, runs[0].Series, runs[7].Series }));
        Assert.That((await LedgerQueries.LatestAsync(_ledger, runs[0].Series, Make.Now, 3)).Select(run => run.RunId), Is.EqualTo(runs.Take(3).Select(run => run.RunId)));
        Assert.That(await LedgerQueries.LatestAsync(_ledger, runs[0].Series with { Profile = null }, Make.Now, 3), Is.Empty);
        Assert.That(await LedgerQueries.FromTheFutureAsync(_ledger, Make.Now), Is.EqualTo(1));
    }

    [Test]
    public async Task An_empty_ledger_has_no_series() => Assert.That(await LedgerQueries.SeriesAsync(_ledger), Is.Empty);

    // PostgreSQL indexes no text of more than some 2 700 bytes, and these do not become shorter by being packed.
    [Test]
    public async Task Texts_of_any_length_are_a_series_of_their_own()
    {
        var random = new Random(1);
        string Long(char end) => new string([.. Enumerable.Range(0, 1990).Select(_ => (char)('\u4e00' + random.Next(20_000)))]) + end;
        var run = Make.Run() with { ExperimentId = Long('a'), System = Long('b'), Labels = [Long('c')] };
        await _ledger.AppendAsync([Make.Entry(run), Make.Entry(Make.Run() with { ExperimentId = run.ExperimentId, System = run.System, Environment = "staging" }), Make.Entry(run with { RunId = "again" })]);

        Assert.That(await LedgerQueries.SeriesAsync(_ledger), Has.Count.EqualTo(2));
        Assert.That(await LedgerQueries.LatestAsync(_ledger, run.Series, Make.Now, 9), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Text_that_a_database_cannot_hold_does_not_keep_a_run_out()
    {
        var result = Results.Whole() with { Name = "nul \0 and half a pair \ud800 and " + new string('x', 5000), Reason = "\0", Outcome = Outcome.Failed, Labels = ["with blank", " "], Figures = [new RecordedFigure(Figure.Exact("nul \0", "half \ud800", new Unit("\0"), 1))], Parameters = new Dictionary<string, string> { ["\0"] = "\ud800" } };

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

    // Figures come in the order in which their names first came into the ledger.
    private static LedgerRun Sorted(LedgerRun run) => run with { Figures = [.. run.Figures.OrderBy(recorded => recorded.Figure.Name, StringComparer.Ordinal)] };

    // Records compare their lists by reference.
    private static string Text(LedgerRun run) => System.Text.Json.JsonSerializer.Serialize(run);
}
