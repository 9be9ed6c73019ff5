using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.GameDay.Termination;
using ChaosHarness.GameDay.Tests.Calendars;
using ChaosHarness.Safety;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.GameDay.Tests.Termination;

/// <summary>A day of random termination, on fake time where nothing is broken. The programs are those of a shell.</summary>
[Platform(Exclude = "Win")]
public sealed class RandomTerminationTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-11-27T06:00+01:00", CultureInfo.InvariantCulture);
    private static readonly DateOnly Today = new(2026, 11, 27);
    // On fake time, what is begun and should not be never ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly List<string> _said = [];
    private readonly List<RunRecord> _records = [];
    private string _folder = null!;
    private TerminationLog _log = null!;

    private string LogPath => Path.Combine(_folder, "terminations.jsonl");

    private string Down => Path.Combine(_folder, "down-");

    private TerminationGroup Web => new("web", 1, 1)
    {
        Instances = ["web-1", "web-2", "web-3"],
        Terminate = ["sh", "-c", "echo $0 >> \"$1\"; touch \"$2\"", "{instance}", Path.Combine(_folder, "terminated"), Down + "{instance}"],
        Restore = ["rm", "-f", Down + "{instance}"],
        Look = ["test", "!", "-e", Down + "{instance}"],
        Every = TimeSpan.FromMilliseconds(50),
    };

    [SetUp]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory("monkey-").FullName;
        _log = TerminationLog.Open(LogPath);
        _said.Clear();
        _records.Clear();
    }

    [TearDown]
    public void End()
    {
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_leashed_one_waits_for_its_minute_and_only_notes_what_it_would_have_done()
    {
        var time = new FakeTimeProvider(Morning);
        var settings = Make.Settings(Web) with { IsLeashed = true };
        var planned = TerminationPlan.Of(settings, Today, Today.AddDays(1), _log.LastBefore(Today)).Single();
        var running = Of(settings, time).RunTodayAsync(CancellationToken.None);
        time.Advance(planned.At - Morning - TimeSpan.FromSeconds(1));
        await Task.Delay(50);
        Assert.That((running.IsCompleted, _log.All.Count), Is.EqualTo((false, 0)));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await running.WaitAsync(Patience), Is.True);
        var entry = _log.All.Single();
        Assert.That((entry.Event, entry.Day, entry.Group, entry.Instance, entry.At), Is.EqualTo((TerminationEvent.WouldTerminate, Today, "web", TerminationPlan.Choose(settings, planned, Web.Instances!), planned.At)));
        Assert.That(Terminated, Is.Empty);
        Assert.That(_said[^1], Is.EqualTo($"web: {entry.Instance} would have been terminated: leashed: true"));
    }

    [Test]
    public async Task A_day_that_is_settled_is_not_begun_again_whoever_asks()
    {
        var time = new FakeTimeProvider(Morning);
        _log.Add(new TerminationEntry(Morning, Today, "web", TerminationEvent.Chosen) { Instance = "web-1" });

        Assert.That(await Of(Make.Settings(Web), time).RunTodayAsync(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That((_log.All.Count, _said.Single()), Is.EqualTo((1, "Nothing more is planned for 2026-11-27.")));
        Assert.That(Terminated, Is.Empty);
    }

    [Test]
    public async Task What_is_switched_off_does_nothing()
    {
        Assert.That(await Of(Make.Settings(Web) with { IsEnabled = false }, new FakeTimeProvider(Morning)).RunTodayAsync(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That((_log.All.Count, _said.Single()), Is.EqualTo((0, "Nothing is terminated: enabled is false.")));
    }

    [Test]
    public async Task An_outage_means_no_termination_that_day()
    {
        var settings = Make.Settings(Web) with { Outage = new Make.Answer("the checkout is down") };

        Assert.That(await RunAtItsTimeAsync(settings), Is.True);
        Assert.That((_log.All.Single().Event, _log.All.Single().Why), Is.EqualTo((TerminationEvent.Outage, "the checkout is down")));
        Assert.That(await RunAtItsTimeAsync(settings with { Outage = new Make.Answer(null) }), Is.True);
        Assert.That((_log.All.Count, Terminated.Length), Is.EqualTo((1, 0)), "not later that day either");
    }

    [Test]
    public async Task What_is_too_late_is_missed_and_not_made_up_for()
    {
        var settings = Make.Settings(Web);
        var planned = Planned(settings);

        Assert.That(await Of(settings, new FakeTimeProvider(planned.At + RandomTermination.MostLate + TimeSpan.FromSeconds(1))).RunTodayAsync(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That((_log.All.Single().Event, Terminated.Length), Is.EqualTo((TerminationEvent.Missed, 0)));
    }

    [Test]
    public async Task A_freeze_that_came_after_the_plan_is_kept()
    {
        var path = Path.Combine(_folder, "freezes.ics");
        File.WriteAllText(path, Ics.Raw());
        var settings = Make.Settings(Web) with { Freezes = new FreezeCalendar(path) };
        var time = new FakeTimeProvider(Morning);
        var running = Of(settings, time).RunTodayAsync(CancellationToken.None);
        File.WriteAllText(path, Ics.Of("SUMMARY:incident\nDTSTART:20261127T000000Z\nDTEND:20261128T000000Z"));
        time.Advance(Planned(settings with { Freezes = null }).At - Morning);

        Assert.That(await running.WaitAsync(Patience), Is.True);
        Assert.That((_log.All.Single().Event, Terminated.Length), Is.EqualTo((TerminationEvent.Refused, 0)));
        Assert.That(_log.All.Single().Why, Does.Contain("'incident' freezes everything until Saturday 01:00"));
    }

    [TestCase("echo web-7; echo; echo ' web-8 '; echo web-7", "web-7 web-8")]
    [TestCase("exit 3", "its instances are not known: 'sh -c exit 3' ended with exit code 3")]
    [TestCase("echo no >&2; exit 1", "its instances are not known: 'sh -c echo no >&2; exit 1' ended with exit code 1: no")]
    [TestCase("true", "it has none")]
    [TestCase("echo web-excepted", "every one is excepted")]
    [TestCase("echo --all", "'--all' is no name of an instance")]
    [TestCase("yes web-7 | head -c 3000000", "its instances are not known: 'sh -c yes web-7 | head -c 3000000' wrote more than anybody reads")]
    public async Task Instances_are_those_that_a_program_writes(string script, string expected)
    {
        var settings = Make.Settings(Web with { Instances = null, InstancesFrom = ["sh", "-c", script] }) with { IsLeashed = true, ExceptedInstances = new NamePatterns(["*excepted"]) };
        await RunAtItsTimeAsync(settings);

        var entry = _log.All.Single();
        Assert.That(entry.Event == TerminationEvent.WouldTerminate ? entry.Instance : entry.Why, entry.Event == TerminationEvent.WouldTerminate ? Is.AnyOf(expected.Split(' ')) : Is.EqualTo(expected));
        Assert.That(entry.Event, Is.EqualTo(expected.StartsWith("web", StringComparison.Ordinal) ? TerminationEvent.WouldTerminate : TerminationEvent.NoInstance));
    }

    [Test]
    public async Task Without_a_leash_one_instance_is_terminated_watched_and_brought_back_as_a_run_like_any_other()
    {
        Assert.That(await RunAtItsTimeAsync(Make.Settings(Web), isReal: true), Is.True, string.Join('\n', _said));

        var record = _records.Single();
        Assert.That((record.Outcome, record.ExperimentId, record.System, record.Environment), Is.EqualTo((Outcome.Passed, "random-termination/web", "web", "local")));
        Assert.That((record.Origin.Profile, record.Origin.Seed, record.Labels.Single()), Is.EqualTo(("random-termination", 7L, "random-termination")));
        Assert.That(_log.All.Select(entry => entry.Event), Is.EqualTo(new[] { TerminationEvent.Chosen, TerminationEvent.Terminated }));
        Assert.That((Terminated.Single(), _log.All[1].Instance, _log.All[1].Run), Is.EqualTo((record.Faults.Single().Targets.Single(), Terminated.Single(), record.RunId)));
        Assert.That(File.Exists(Down + Terminated.Single()), Is.False, "brought back");
        Assert.That(LeftoverFaults.Find(Path.Combine(_folder, "faults"), TimeProvider.System), Is.Empty, "nothing is left to undo");
    }

    [Test]
    public async Task The_choice_is_on_the_disk_before_anything_is_broken()
    {
        var group = Web with { Terminate = ["sh", "-c", "cp \"$0\" \"$1\"; echo $2", LogPath, Path.Combine(_folder, "seen"), "{instance}"] };
        await RunAtItsTimeAsync(Make.Settings(group), isReal: true);

        Assert.That(File.ReadAllText(Path.Combine(_folder, "seen")), Does.Contain("\"event\":\"Chosen\"").And.Contain($"\"instance\":\"{_log.All[0].Instance}\""));
    }

    [Test]
    public async Task What_is_not_in_steady_state_is_not_terminated_and_does_not_count()
    {
        Assert.That(await RunAtItsTimeAsync(Make.Settings(Web with { Health = new Make.Answer("503") }), isReal: true), Is.False);

        Assert.That((_records.Single().Outcome, Terminated.Length), Is.EqualTo((Outcome.Inconclusive, 0)));
        Assert.That(_log.All.Select(entry => entry.Event), Is.EqualTo(new[] { TerminationEvent.Chosen, TerminationEvent.NotTerminated }));
        Assert.That(_log.LastBefore(Today.AddDays(1)), Is.Empty);
    }

    [Test]
    public async Task Production_needs_its_sentence_here_too()
    {
        var production = Make.Settings(Web) with { Environment = "production" };
        await RunAtItsTimeAsync(production, isReal: true);

        Assert.That((_records.Single().Outcome, Terminated.Length), Is.EqualTo((Outcome.Inconclusive, 0)));
        Assert.That(_log.All[^1].Why, Does.StartWith("Inconclusive: 'production' is production; to break it, set"));
    }

    [Test]
    public async Task An_order_to_halt_is_obeyed()
    {
        var halt = Path.Combine(_folder, "HALT");
        File.WriteAllText(halt, "");
        await RunAtItsTimeAsync(Make.Settings(Web), isReal: true, haltFile: halt);

        Assert.That((_log.All[^1].Event, Terminated.Length), Is.EqualTo((TerminationEvent.NotTerminated, 0)));
    }

    [Test]
    public async Task A_rehearsal_says_what_would_be_done_and_notes_nothing()
    {
        var settings = Make.Settings(Web, Web with { Name = "payments" }, Web with { Name = "off", IsEnabled = false }) with { ExceptedGroups = new NamePatterns(["pay*"]) };
        await Of(settings, new FakeTimeProvider(Morning)).RehearseAsync(CancellationToken.None);

        var planned = TerminationPlan.Of(settings, Today, Today.AddDays(1), _log.LastBefore(Today)).Single();
        Assert.That(_said, Is.EqualTo(new[]
        {
            "The check of outages is well.",
            $"web: would terminate {TerminationPlan.Choose(settings, planned, Web.Instances!)} at {TimeZoneInfo.ConvertTime(planned.At, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("HH:mm", CultureInfo.InvariantCulture)} Europe/Berlin",
            "payments: takes no part",
            "off: takes no part",
        }));
        Assert.That((_log.All.Count, Terminated.Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task What_was_planned_past_midnight_is_of_the_day_before()
    {
        var settings = Make.Settings(Web) with { IsLeashed = true, Hours = WorkingHours.Parse("Thu 23:58-06:00 Europe/Berlin") };
        var thursday = Today.AddDays(-1);
        var planned = TerminationPlan.Of(settings, thursday, Today, _log.LastBefore(thursday)).Single();
        Assert.That(settings.Hours.DayOf(planned.At), Is.EqualTo(Today));

        Assert.That(await Of(settings, new FakeTimeProvider(planned.At)).RunTodayAsync(CancellationToken.None).WaitAsync(Patience), Is.True);
        Assert.That((_log.All.Single().Day, _log.All.Single().Event), Is.EqualTo((thursday, TerminationEvent.WouldTerminate)));
    }

    private string[] Terminated => File.Exists(Path.Combine(_folder, "terminated")) ? File.ReadAllLines(Path.Combine(_folder, "terminated")) : [];

    private static PlannedTermination Planned(TerminationSettings settings) => TerminationPlan.Of(settings, Today, Today.AddDays(1), new Dictionary<string, DateOnly>()).Single();

    private Task<bool> RunAtItsTimeAsync(TerminationSettings settings, bool isReal = false, string? haltFile = null) =>
        Of(settings, isReal ? new ShiftedTime(Planned(settings).At) : new FakeTimeProvider(Planned(settings).At), haltFile).RunTodayAsync(CancellationToken.None).WaitAsync(Patience);

    private RandomTermination Of(TerminationSettings settings, TimeProvider time, string? haltFile = null) => new(
        settings,
        _log,
        new RunnerOptions
        {
            Time = time,
            FaultJournalFolder = Path.Combine(_folder, "faults"),
            Leases = [],
            Recorders = [new Recorder(_records)],
            Safety = new SafetyPolicy { HaltFiles = haltFile is null ? [] : [haltFile] },
        },
        _said.Add);

    private sealed class Recorder(List<RunRecord> records) : IExperimentRecorder
    {
        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            records.Add(result);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Real time, but on another day.</summary>
    private sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
    {
        private readonly TimeSpan _shift = start - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
    }
}
