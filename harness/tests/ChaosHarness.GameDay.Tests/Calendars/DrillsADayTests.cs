using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.Journals;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.GameDay.Tests.Calendars;

/// <summary>The limit of a profile on drills a day.</summary>
public sealed class DrillsADayTests
{
    private const string Refused = "it is Friday 14:00 in Europe/Berlin: 2 drills began today, and no more may on one day. Next: Saturday 00:00";
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-27T13:00Z", CultureInfo.InvariantCulture);

    private string _folder = null!;
    private DrillCalendarSettings _settings = null!;

    private string Journals => Path.Combine(_folder, "artifacts", "journals");

    [SetUp]
    public void Create() => (_folder, _settings) = (Directory.CreateTempSubdirectory("aday-").FullName, new DrillCalendarSettings());

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Runs_that_broke_something_today_are_counted_where_the_drills_are()
    {
        Record("2026-11-26T20:00Z");
        Record("2026-11-26T23:30Z");
        Assert.That(await AskAsync(), Is.Null, "the first of them was yesterday in Berlin, the second was not");

        Record("2026-11-27T09:00Z");
        Assert.That(await AskAsync(), Is.EqualTo(Refused));
    }

    [Test]
    public async Task What_broke_nothing_is_no_drill()
    {
        for (var hour = 6; hour < 12; hour++)
        {
            Record($"2026-11-27T{hour:00}:00Z", run => run with { Outcome = Outcome.Inconclusive, Injection = null });
        }

        Assert.That(await AskAsync(), Is.Null);
    }

    [Test]
    public async Task What_nobody_knows_of_counts()
    {
        Record("2026-11-27T07:00Z", run => run with { Injection = null, Interrupted = true });
        File.WriteAllText(Path.Combine(Journals, "20261127-080000-cut0ff00" + Journal.Suffix), "{\"schema\":2,\"resu");
        File.WriteAllText(Path.Combine(Journals, "20261120-080000-cut0ff00" + Journal.Suffix), "{\"schema\":2,\"resu");
        File.WriteAllText(Path.Combine(Journals, "somebody's" + Journal.Suffix), "{\"schema\":2,\"resu");

        Assert.That(await AskAsync(), Is.EqualTo(Refused));
    }

    [Test]
    public async Task What_this_process_let_begin_counts_before_it_has_a_journal()
    {
        Assert.That(await AskAsync(Permit(), "one"), Is.Null);
        Assert.That(await AskAsync(Permit(), "one"), Is.Null, "the same once more, as it had to wait for its system");
        Assert.That(await AskAsync(Permit(), "two"), Is.Null);
        Assert.That(await AskAsync(Permit(), "three"), Is.EqualTo(Refused), "each test has a permit of its own");

        Record("2026-11-27T13:00Z", run => run with { Name = "two", Injection = null, Outcome = Outcome.Inconclusive });
        Assert.That(await AskAsync(Permit(), "three"), Is.Null, "the second broke nothing after all");

        Record("2026-11-27T13:00:01Z", run => run with { Name = "one" });
        Assert.That(await AskAsync(Permit(), "four"), Is.EqualTo(Refused), "one that is over is counted once");
    }

    [Test]
    public async Task Of_many_that_ask_at_once_no_more_begin()
    {
        var permit = Permit();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => AskAsync(permit, $"run {number}"))));

        Assert.That(answers.Count(answer => answer is null), Is.EqualTo(2));
    }

    [Test]
    public async Task Journals_that_are_elsewhere_are_looked_for_there()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "out", "journals"));
        Record("2026-11-27T07:00Z", folder: Path.Combine(_folder, "out", "journals"));
        Record("2026-11-27T08:00Z", folder: Path.Combine(_folder, "out", "journals"));

        Assert.That(await AskAsync(Permit(results: "out/results")), Is.EqualTo(Refused));
        Assert.That(await AskAsync(), Is.Null);
    }

    [Test]
    public void Hours_and_freezes_hold_with_a_limit_too()
    {
        var permit = (CountedDrills)new DrillCalendarSettings().Create(new Dictionary<string, string> { ["Chaos.DrillsADay"] = "2", ["Chaos.DrillHours"] = "Mon-Fri 15:00-17:00 Europe/Berlin" }, _folder)!;

        Assert.That(permit.Calendar.Limit!.PerDay, Is.EqualTo(2));
        Assert.That(async () => await AskAsync(permit), Is.EqualTo("it is Friday 14:00 in Europe/Berlin: drills run Mon-Fri 15:00-17:00. Next: Friday 15:00"));
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("+1")]
    [TestCase("two")]
    [TestCase("1.5")]
    [TestCase("1 000")]
    [TestCase("99999999999")]
    [TestCase("٣")]
    public void What_is_no_number_of_drills_is_named(string text) => Assert.That(
        () => new DrillCalendarSettings().Create(new Dictionary<string, string> { ["Chaos.DrillsADay"] = text }, _folder),
        Throws.TypeOf<FormatException>().With.Message.EqualTo($"Chaos.DrillsADay is '{text}', but must be a whole number from 1, such as 2."));

    [Test]
    public void Without_a_value_there_is_no_limit() =>
        Assert.That(new DrillCalendarSettings().Create(new Dictionary<string, string> { ["Chaos.DrillsADay"] = "", ["Chaos.ResultsFolder"] = "out" }, _folder), Is.Null);

    private IRunPermit Permit(string results = "") =>
        _settings.Create(new Dictionary<string, string> { ["Chaos.DrillsADay"] = "2", ["Chaos.DrillHours"] = "Mon-Sun 00:00-24:00 Europe/Berlin", ["Chaos.ResultsFolder"] = results }, _folder)!;

    // Somebody who knows of nothing but the journals.
    private Task<string?> AskAsync()
    {
        _settings = new DrillCalendarSettings();
        return AskAsync(Permit());
    }

    private static async Task<string?> AskAsync(IRunPermit permit, string experiment = "it") => await permit.WhyRefusedAsync(new IntendedRun(experiment, "shop", "local", Now), CancellationToken.None);

    private void Record(string startedAt, Func<RunRecord, RunRecord>? change = null, string? folder = null)
    {
        var at = DateTimeOffset.Parse(startedAt, CultureInfo.InvariantCulture);
        var record = UnrunRecord.Of(new RunnerOptions(), Outcome.Passed, null, at) with { Name = "it", System = "shop", Duration = TimeSpan.FromMinutes(1), Injection = new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)) };
        record = change?.Invoke(record) ?? record;
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder ?? Journals).FullName, record.RunId + Journal.Suffix), Journal.Write(record));
    }
}
