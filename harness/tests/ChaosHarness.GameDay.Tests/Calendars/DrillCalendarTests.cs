using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.GameDay.Tests.Calendars;

public sealed class DrillCalendarTests
{
    private static readonly DrillCalendar Working = new() { Hours = WorkingHours.Parse("Mon-Fri 09:00-17:00 Europe/Berlin") };

    [Test]
    public void Within_hours_a_drill_may_begin() => Assert.That(Working.WhyRefused(At("2026-11-27T15:59:59Z")), Is.Null);

    [TestCase("2026-11-28T02:12Z", "it is Saturday 03:12 in Europe/Berlin: drills run Mon-Fri 09:00-17:00. Next: Monday 09:00")]
    [TestCase("2026-11-27T16:00Z", "it is Friday 17:00 in Europe/Berlin: drills run Mon-Fri 09:00-17:00. Next: Monday 09:00")]
    [TestCase("2026-11-27T07:59Z", "it is Friday 08:59 in Europe/Berlin: drills run Mon-Fri 09:00-17:00. Next: Friday 09:00")]
    public void Outside_of_hours_the_refusal_says_what_time_it_is_there_and_when_next(string now, string refusal) =>
        Assert.That(Working.WhyRefused(At(now)), Is.EqualTo(refusal));

    [Test]
    public void A_day_of_the_week_that_would_be_the_next_but_one_has_its_date() =>
        Assert.That(
            new DrillCalendar { Hours = WorkingHours.Parse("Sat 02:00-03:00 Europe/Berlin") }.WhyRefused(At("2026-11-28T02:12Z")),
            Does.EndWith("Next: Saturday 2026-12-05 02:00"));

    [Test]
    public void A_freeze_is_told_by_its_name_and_its_end()
    {
        var calendar = Working with { Freezes = FreezeCalendar.Parse(Ics.Of("SUMMARY:Black Friday\nDTSTART;VALUE=DATE:20261127\nDTEND;VALUE=DATE:20261129", "DTSTART:20261130T080000Z\nDTEND:20261130T093000Z"), "freezes.ics") };

        Assert.That(calendar.WhyRefused(At("2026-11-27T12:00Z")), Is.EqualTo("it is Friday 13:00 in Europe/Berlin: 'Black Friday' freezes everything until Sunday 00:00 (freezes.ics). Next: Monday 10:30"));
        Assert.That(calendar.WhyRefused(At("2026-11-28T12:00Z")), Does.Contain("drills run Mon-Fri").And.EndsWith("Next: Monday 10:30"), "the hours count first");
        Assert.That(calendar.WhyRefused(At("2026-11-30T09:30Z")), Is.Null);
    }

    [Test]
    public void A_freeze_without_end_leaves_nothing_open()
    {
        var calendar = Working with { Freezes = FreezeCalendar.Parse(Ics.Of("SUMMARY:no drills\nDTSTART:20200101T000000Z\nDTEND:20400101T000000Z"), "freezes.ics") };

        Assert.That(calendar.WhyRefused(At("2026-11-27T12:00Z")), Does.EndWith("Nothing is open within a year"));
    }

    [Test]
    public void A_calendar_that_cannot_be_read_refuses_at_any_time_with_its_file_and_why()
    {
        var missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".ics");
        foreach (var now in new[] { "2026-11-27T12:00Z", "2026-11-28T12:00Z" })
        {
            Assert.That((Working with { Freezes = new FreezeCalendar(missing) }).WhyRefused(At(now)), Is.EqualTo($"nobody can say whether anything is frozen: the calendar {missing} cannot be read: there is no such file. Mend it, or name another one"));
        }
    }

    [Test]
    public void So_many_drills_may_begin_on_a_day_of_the_zone()
    {
        var twice = Working with { Limit = new DrillLimit(2) };
        var now = At("2026-11-26T12:00Z");

        Assert.That(twice.WhyRefused(now, [At("2026-11-26T08:00Z"), At("2026-11-25T22:59Z"), At("2026-11-27T00:00Z")]), Is.Null, "yesterday, in Berlin");
        Assert.That(twice.WhyRefused(now, [At("2026-11-26T08:00Z"), At("2026-11-25T23:00Z")]), Is.EqualTo("it is Thursday 13:00 in Europe/Berlin: 2 drills began today, and no more may on one day. Next: Friday 09:00"));
        Assert.That(twice.WhyRefused(now, null), Does.StartWith("at most 2 drills a day may begin, and nobody says how many did"));
        Assert.That(() => new DrillLimit(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_limit_without_hours_counts_days_of_utc()
    {
        var once = new DrillCalendar { Limit = new DrillLimit(1) };

        Assert.That(once.WhyRefused(At("2026-11-26T23:59Z"), [At("2026-11-26T00:00Z")]), Is.EqualTo("it is Thursday 23:59 in UTC: 1 drill began today, and no more may on one day. Next: Friday 00:00"));
        Assert.That(once.WhyRefused(At("2026-11-26T23:59Z"), [At("2026-11-26T00:00Z"), At("2026-11-26T01:00Z"), At("2026-11-26T02:00Z")]), Does.Contain(": 3 drills began today, and no more than 1 may on one day. "));
        Assert.That(once.WhyRefused(At("2026-11-27T00:00Z"), [At("2026-11-26T00:00Z")]), Is.Null);
    }

    [Test]
    public void Nothing_is_refused_where_nothing_is_said() => Assert.That(new DrillCalendar().WhyRefused(At("2026-11-28T02:12Z")), Is.Null);

    [Test]
    public void Freezes_that_overlap_leave_what_none_of_them_covers()
    {
        var freezes = FreezeCalendar.Parse(Ics.Of("DTSTART:20261127T090000Z\nDTEND:20261127T130000Z", "DTSTART:20261127T100000Z\nDTEND:20261127T110000Z", "DTSTART:20261127T150000Z\nDTEND:20261127T200000Z"), "f.ics");

        Assert.That((Working with { Freezes = freezes }).OpenBetween(At("2026-11-27T00:00Z"), At("2026-11-28T00:00Z")), Is.EqualTo(new[] { new OpenTime(At("2026-11-27T08:00Z"), At("2026-11-27T09:00Z")), new OpenTime(At("2026-11-27T13:00Z"), At("2026-11-27T15:00Z")) }));
    }

    [Test]
    public void The_next_time_that_a_refusal_names_is_open_and_nothing_before_it_is()
    {
        var freezes = FreezeCalendar.Parse(Ics.Of("DTSTART;VALUE=DATE:20260301\nDURATION:P4D\nRRULE:FREQ=MONTHLY", "DTSTART:20260105T100000\nDURATION:PT90M\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE"), "freezes.ics");
        var calendar = new DrillCalendar { Hours = WorkingHours.Parse("Mon,Wed,Sat 22:30-11:00 Europe/Berlin"), Freezes = freezes };
        var from = At("2026-03-20T00:00Z");
        var open = calendar.OpenBetween(from, from.AddDays(30));
        for (var now = from; now < from.AddDays(30); now = now.AddMinutes(30))
        {
            Assert.That(calendar.WhyRefused(now) is null, Is.EqualTo(open.Any(time => time.From <= now && now < time.Until)), now.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public async Task A_run_at_the_wrong_time_is_inconclusive_with_that_sentence_and_nothing_is_broken()
    {
        var time = new FakeTimeProvider(At("2026-11-28T02:12Z"));
        var broken = 0;
        var folder = Directory.CreateTempSubdirectory("permits-").FullName;
        try
        {
            var options = new RunnerOptions { Time = time, FaultJournalFolder = folder, Leases = [], Safety = new SafetyPolicy { HaltFiles = [], Permits = [Working] } };
            var record = await new ExperimentRunner(options).RunAsync(Experiment.Hypothesis("it is not tried")
                .On(new SystemUnderTest("shop") { Environment = "local" })
                .Probe(new HttpProbe("front page", "http://127.0.0.1:9"))
                .SteadyState(new SuccessRate("front page").AtLeast(1))
                .Inject(Fault.Delegate("break it", "shop", _ => new ValueTask(Task.FromResult(broken++)), _ => ValueTask.CompletedTask)));

            Assert.That((record.Outcome, record.Reason, broken), Is.EqualTo((Outcome.Inconclusive, "it is Saturday 03:12 in Europe/Berlin: drills run Mon-Fri 09:00-17:00. Next: Monday 09:00", 0)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_profile_says_hours_and_calendar()
    {
        var settings = new DrillCalendarSettings();
        var made = (DrillCalendar)settings.Create(new Dictionary<string, string> { ["Chaos.DrillHours"] = "Mon-Fri 09:00-17:00 Europe/Berlin", ["Chaos.FreezeCalendar"] = "freezes.ics" }, Path.GetTempPath())!;

        Assert.That(made.Hours, Is.EqualTo(Working.Hours));
        Assert.That(made.Freezes!.Name, Is.EqualTo(Path.Combine(Path.GetTempPath(), "freezes.ics")));
        Assert.That(settings.Create(new Dictionary<string, string>(), Path.GetTempPath()), Is.Null);
        Assert.That(settings.Create(new Dictionary<string, string> { ["Chaos.DrillHours"] = "", ["Chaos.FreezeCalendar"] = "" }, Path.GetTempPath()), Is.Null);
        Assert.That(() => settings.Create(new Dictionary<string, string> { ["Chaos.DrillHours"] = "nine to five" }, Path.GetTempPath()), Throws.TypeOf<FormatException>().With.Message.StartsWith("Chaos.DrillHours: 'nine to five' are no hours: "));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
