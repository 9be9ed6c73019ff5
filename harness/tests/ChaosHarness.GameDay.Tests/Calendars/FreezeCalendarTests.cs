using System.Globalization;
using ChaosHarness.GameDay.Calendars;

namespace ChaosHarness.GameDay.Tests.Calendars;

public sealed class FreezeCalendarTests
{
    private const string Berlin = "Europe/Berlin";
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("freezes-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_moment_inside_an_event_is_frozen_and_its_end_is_not()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("SUMMARY:Black Friday\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-27T07:59:59Z", "2026-11-27T08:00Z", "2026-11-27T09:59:59Z", "2026-11-27T10:00Z"), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(calendar.At(At("2026-11-27T08:00Z"), Berlin), Is.EqualTo(new Freeze("Black Friday", At("2026-11-27T08:00Z"), At("2026-11-27T10:00Z"))));
    }

    [Test]
    public void An_event_without_a_time_is_of_the_whole_day_where_the_drills_are()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", "DTSTART;VALUE=DATE:20270101"), "f.ics");

        Assert.That(Frozen(calendar, "2026-12-23T22:59Z", "2026-12-23T23:00Z", "2026-12-26T22:59Z", "2026-12-26T23:00Z", "2027-01-01T12:00Z", "2027-01-02T12:00Z"), Is.EqualTo(new[] { false, true, true, false, true, false }));
        Assert.That(calendar.At(At("2026-12-23T18:15Z"), "Asia/Kathmandu"), Is.Not.Null, "it is midnight there");
    }

    [Test]
    public void A_time_without_a_zone_is_of_where_the_drills_are()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("DTSTART:20261124T090000\nDTEND:20261124T100000"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-24T08:30Z", "2026-11-24T09:30Z"), Is.EqualTo(new[] { true, false }));
        Assert.That(calendar.At(At("2026-11-24T14:30Z"), "America/New_York"), Is.Not.Null);
    }

    [TestCase("Europe/Berlin")]
    [TestCase("W. Europe Standard Time")]
    [TestCase("/mozilla.org/20050126_1/Europe/Berlin")]
    public void Events_have_time_zones_of_their_own(string zone)
    {
        var calendar = FreezeCalendar.Parse(Ics.Of($"DTSTART;TZID={zone}:20261124T090000\nDTEND;TZID={zone}:20261124T100000"), "f.ics");

        Assert.That(calendar.At(At("2026-11-24T08:30Z"), "Asia/Kathmandu"), Is.Not.Null);
        Assert.That(calendar.At(At("2026-11-24T09:30Z"), "Asia/Kathmandu"), Is.Null);
    }

    [Test]
    public void Recurring_events_freeze_each_time_at_the_time_on_the_wall()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("DTSTART;TZID=Europe/Berlin:20200103T090000\nDTEND;TZID=Europe/Berlin:20200103T100000\nRRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE;TZID=Europe/Berlin:20261113T090000"), "f.ics");

        Assert.That(Frozen(calendar, "2026-07-03T07:30Z", "2026-11-06T08:30Z", "2026-11-13T08:30Z", "2026-11-20T08:30Z", "2026-11-21T08:30Z", "2019-12-27T08:30Z"), Is.EqualTo(new[] { true, true, false, true, false, false }));
    }

    [Test]
    public void A_recurring_event_that_began_before_and_still_goes_on_freezes()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("SUMMARY:month end\nDTSTART;VALUE=DATE:20240129\nDURATION:P6D\nRRULE:FREQ=MONTHLY"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-28T12:00Z", "2026-11-29T12:00Z", "2026-12-04T12:00Z", "2026-12-05T12:00Z"), Is.EqualTo(new[] { false, true, true, false }));
    }

    [TestCase("STATUS:CANCELLED")]
    [TestCase("STATUS:Cancelled")]
    [TestCase("TRANSP:TRANSPARENT")]
    public void What_is_cancelled_or_shown_as_free_freezes_nothing(string line)
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("DTSTART:20261127T080000Z\nDTEND:20261127T100000Z\n" + line), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-27T09:00Z"), Is.EqualTo(new[] { false }));
    }

    [TestCase("STATUS:TENTATIVE")]
    [TestCase("STATUS:CONFIRMED\nTRANSP:OPAQUE")]
    public void What_is_not_sure_freezes(string line) =>
        Assert.That(Frozen(FreezeCalendar.Parse(Ics.Of("DTSTART:20261127T080000Z\nDTEND:20261127T100000Z\n" + line), "f.ics"), "2026-11-27T09:00Z"), Is.EqualTo(new[] { true }));

    [Test]
    public void One_time_of_a_recurring_event_can_be_cancelled_freed_or_moved()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of(
            "UID:w\nDTSTART:20261106T090000Z\nDTEND:20261106T100000Z\nRRULE:FREQ=WEEKLY",
            "UID:w\nRECURRENCE-ID:20261113T090000Z\nDTSTART:20261113T090000Z\nDTEND:20261113T100000Z\nSTATUS:CANCELLED",
            "UID:w\nRECURRENCE-ID:20261120T090000Z\nDTSTART:20261121T090000Z\nDTEND:20261121T100000Z",
            "UID:w\nRECURRENCE-ID:20261127T090000Z\nDTSTART:20261127T090000Z\nDTEND:20261127T100000Z\nTRANSP:TRANSPARENT"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-06T09:30Z", "2026-11-13T09:30Z", "2026-11-20T09:30Z", "2026-11-21T09:30Z", "2026-11-27T09:30Z", "2026-12-04T09:30Z"), Is.EqualTo(new[] { true, false, false, true, false, true }));
    }

    [Test]
    public void Events_may_overlap_and_the_one_that_ends_last_counts()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("SUMMARY:a\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z", "SUMMARY:b\nDTSTART:20261126T080000Z\nDTEND:20261130T100000Z", "SUMMARY:c\nDTSTART:20261127T080000Z\nDTEND:20261127T080000Z"), "f.ics");

        Assert.That(calendar.At(At("2026-11-27T09:00Z"), Berlin)!.Summary, Is.EqualTo("b"));
        Assert.That(calendar.Between(At("2026-11-01T00:00Z"), At("2026-12-31T00:00Z"), Berlin).Select(freeze => freeze.Summary), Is.EqualTo(new[] { "b", "a", "c" }));
    }

    [Test]
    public void Tasks_notes_and_reminders_freeze_nothing()
    {
        var calendar = FreezeCalendar.Parse(Ics.Raw("BEGIN:VTODO\nUID:1\nDTSTART:20261127T080000Z\nDUE:20261127T100000Z\nEND:VTODO\nBEGIN:VJOURNAL\nUID:2\nDTSTART:20261127T080000Z\nEND:VJOURNAL"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-27T09:00Z"), Is.EqualTo(new[] { false }));
    }

    [Test]
    public void A_file_may_have_several_calendars_and_the_mark_of_its_encoding()
    {
        var path = Write('\uFEFF' + Ics.Of("UID:a\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z") + Ics.Of("UID:b\nDTSTART:20261128T080000Z\nDTEND:20261128T100000Z"));

        Assert.That(Frozen(new FreezeCalendar(path), "2026-11-27T09:00Z", "2026-11-28T09:00Z", "2026-11-29T09:00Z"), Is.EqualTo(new[] { true, true, false }));
    }

    [Test]
    public void A_file_that_changed_is_read_again()
    {
        var path = Write(Ics.Of("DTSTART:20261127T080000Z\nDTEND:20261127T100000Z"));
        var calendar = new FreezeCalendar(path);
        Assert.That(Frozen(calendar, "2026-11-27T09:00Z"), Is.EqualTo(new[] { true }));

        File.WriteAllText(path, Ics.Raw());
        Assert.That(Frozen(calendar, "2026-11-27T09:00Z"), Is.EqualTo(new[] { false }));
        File.WriteAllText(path, "half a calend");
        Assert.That(() => calendar.At(At("2026-11-27T09:00Z"), Berlin), Throws.TypeOf<UnreadableCalendarException>());
        Assert.That(() => calendar.At(At("2026-11-27T09:00Z"), Berlin), Throws.TypeOf<UnreadableCalendarException>(), "also when it is asked again");
        File.Delete(path);
        Assert.That(() => calendar.At(At("2026-11-27T09:00Z"), Berlin), Throws.TypeOf<UnreadableCalendarException>());
    }

    [TestCase("", "it is empty")]
    [TestCase(" \r\n ", "it is empty")]
    [TestCase("<html>Sign in</html>", "it does not begin with BEGIN:VCALENDAR")]
    [TestCase("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261127T080000Z\r\n", "it is no iCalendar: ")]
    public void What_is_no_calendar_is_refused(string text, string why) =>
        Assert.That(() => FreezeCalendar.Parse(text, "f.ics"), Throws.TypeOf<UnreadableCalendarException>().With.Message.StartsWith($"The calendar f.ics cannot be read: {why}"));

    [Test]
    public void A_file_that_was_only_half_written_is_refused_wherever_it_ends()
    {
        var whole = Ics.Of("SUMMARY:a\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z", "SUMMARY:b\nDTSTART:20261128T080000Z\nDTEND:20261128T100000Z").TrimEnd();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(() => FreezeCalendar.Parse(whole[..length], "f.ics"), Throws.TypeOf<UnreadableCalendarException>(), whole[..length]);
        }
    }

    [TestCase("SUMMARY:x", "its event 'x' does not say when it begins")]
    [TestCase("SUMMARY:x\nDTSTART:20261399T000000Z", "")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDTEND:20261101T000000Z", "it cannot be said when its events are: ")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDTEND:20261202T000000Z\nRRULE:FREQ=FORTNIGHTLY", "")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDTEND:20261202T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "it cannot be said when its events are: ")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY", "its event 'x' recurs every minute or second")]
    [TestCase("SUMMARY:x\nDTSTART;TZID=Nowhere:20261201T000000\nDURATION:PT1H", "its event 'x' is in time zone 'Nowhere', which is none of IANA or Windows")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDTEND;TZID=Nowhere:20261201T010000", "its event 'x' is in time zone 'Nowhere'")]
    [TestCase("SUMMARY:x\nDTSTART:20261201T000000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20261203T000000Z/20261204T000000Z", "its event 'x' recurs at periods (RDATE)")]
    [TestCase("SUMMARY:x\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261113T090000Z\nDTSTART:20261113T110000Z\nDURATION:PT1H", "its event 'x' changes itself and all that follow it (RANGE)")]
    public void An_event_that_is_not_understood_makes_the_calendar_unreadable_and_is_named(string lines, string why) =>
        Assert.That(
            () => FreezeCalendar.Parse(Ics.Of("DTSTART:20261127T080000Z\nDTEND:20261127T100000Z", lines), "f.ics"),
            Throws.TypeOf<UnreadableCalendarException>().With.Message.StartsWith("The calendar f.ics cannot be read: " + why));

    [Test]
    public void One_that_is_missing_a_folder_or_too_large_is_refused_with_its_path()
    {
        var large = Write(Ics.Of([.. Enumerable.Range(0, 60_000).Select(number => $"SUMMARY:{number}\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z")]));
        foreach (var (path, why) in new[] { (Path.Combine(_folder, "none.ics"), "there is no such file"), (_folder, "there is no such file"), (large, "it is larger than 4 MB; export the freezes alone") })
        {
            Assert.That(() => new FreezeCalendar(path).At(At("2026-11-27T09:00Z"), Berlin), Throws.TypeOf<UnreadableCalendarException>().With.Message.EqualTo($"The calendar {path} cannot be read: {why}"));
        }
    }

    [Test]
    public void What_recurs_every_hour_since_1970_is_read_and_too_many_at_once_are_refused()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of("DTSTART:19700101T000000Z\nDURATION:PT10M\nRRULE:FREQ=HOURLY"), "f.ics");

        Assert.That(Frozen(calendar, "2026-11-27T09:05Z", "2026-11-27T09:15Z"), Is.EqualTo(new[] { true, false }));
        Assert.That(() => calendar.Between(At("1980-01-01T00:00Z"), At("2026-01-01T00:00Z"), Berlin), Throws.TypeOf<UnreadableCalendarException>().With.Message.Contains("more than 100000 events"));
    }

    [Test]
    public void A_name_that_would_colour_a_terminal_or_fill_a_page_does_not()
    {
        var calendar = FreezeCalendar.Parse(Ics.Of($"SUMMARY:\u202e[31m{new string('x', 1000)}\nDTSTART:20261127T080000Z\nDTEND:20261127T100000Z"), "f.ics");

        Assert.That(calendar.At(At("2026-11-27T09:00Z"), Berlin)!.Summary, Has.Length.EqualTo(80).And.StartsWith("\u00b7[31mxxx"));
        Assert.That(() => FreezeCalendar.Parse(Ics.Of($"SUMMARY:\u001b[31m{new string('x', 1000)}"), "f.ics"), Throws.TypeOf<UnreadableCalendarException>().With.Message.Length.LessThan(300).And.Message.Not.Contains("\u001b"));
    }

    private static bool[] Frozen(FreezeCalendar calendar, params string[] moments) => [.. moments.Select(moment => calendar.At(At(moment), Berlin) is not null)];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "freezes.ics");
        File.WriteAllText(path, text);
        return path;
    }
}
