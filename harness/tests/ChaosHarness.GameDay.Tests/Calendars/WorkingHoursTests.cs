using System.Globalization;
using ChaosHarness.GameDay.Calendars;
using CsCheck;

namespace ChaosHarness.GameDay.Tests.Calendars;

public sealed class WorkingHoursTests
{
    private static readonly string[] SomeZones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "W. Europe Standard Time"];

    private static readonly Gen<WorkingHours> AnyHours = Gen.Select(
        Gen.Enum<DayOfWeek>().Array[1, 7],
        Gen.Int[0, (24 * 60) - 1],
        Gen.Int[0, (24 * 60) - 1],
        Gen.Int[0, SomeZones.Length - 1].Select(index => SomeZones[index])).Where(one => one.Item2 != one.Item3 || one.Item2 == 0).Select(one => new WorkingHours(one.Item1, Time(one.Item2), Time(one.Item3), one.Item4));

    [TestCase("Mon-Fri 09:00-17:00 Europe/Berlin", "Mon-Fri 09:00-17:00 Europe/Berlin")]
    [TestCase("  mon-FRI   9:00-17:00\tEurope/Berlin ", null)]
    [TestCase("monday-friday 9:00-17:00 europe/berlin", "Mon-Fri 09:00-17:00 europe/berlin")]
    [TestCase("Fri-Mon 22:00-06:00 UTC", "Mon,Fri-Sun 22:00-06:00 UTC")]
    [TestCase("Tue,Mon,Mon 00:00-00:00 Asia/Kathmandu", "Mon,Tue 00:00-24:00 Asia/Kathmandu")]
    [TestCase("Mon-Sun 00:00-24:00 W. Europe Standard Time", "Mon-Sun 00:00-24:00 W. Europe Standard Time")]
    public void Reads_days_times_and_a_zone(string text, string? expected)
    {
        Assert.That(WorkingHours.TryParse(text, out var hours), Is.EqualTo(expected is not null));
        Assert.That(hours?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("", "days, times and a time zone are needed")]
    [TestCase("Mon-Fri 09:00-17:00", "days, times and a time zone are needed")]
    [TestCase("Mo-Fr 09:00-17:00 Europe/Berlin", "'Mo-Fr' are no days")]
    [TestCase("Mon-Wed-Fri 09:00-17:00 Europe/Berlin", "'Mon-Wed-Fri' are no days")]
    [TestCase("Mon,,Fri 09:00-17:00 Europe/Berlin", "'Mon,,Fri' are no days")]
    [TestCase("1 09:00-17:00 Europe/Berlin", "'1' are no days")]
    [TestCase("Mon-Fri 9-17 Europe/Berlin", "'9-17' are no times")]
    [TestCase("Mon-Fri 09:00-25:00 Europe/Berlin", "'09:00-25:00' are no times")]
    [TestCase("Mon-Fri 09.00-17.00 Europe/Berlin", "'09.00-17.00' are no times")]
    [TestCase("Mon-Fri 24:00-17:00 Europe/Berlin", "'24:00-17:00' are no times")]
    [TestCase("Mon-Fri 09:00-09:00 Europe/Berlin", "hours that end when they begin are none; the whole day is 00:00-24:00")]
    [TestCase("Mon-Fri 09:00-17:00 Europe/Atlantis", "there is no time zone 'Europe/Atlantis'")]
    public void Refuses_anything_else_with_what_is_wrong_and_how_to_write_it(string text, string mistake) =>
        Assert.That(() => WorkingHours.Parse(text), Throws.TypeOf<FormatException>().With.Message.StartsWith($"'{text}' are no hours: {mistake}").And.Message.EndsWith("Write such as Mon-Fri 09:00-17:00 Europe/Berlin."));

    [Test]
    public void What_is_written_is_read_as_the_same() => AnyHours.Sample(hours => WorkingHours.Parse(hours.ToString()).Equals(hours));

    [Test]
    public void Anything_at_all_is_read_or_refused_and_nothing_else() => Gen.String.Sample(text => WorkingHours.TryParse(text, out _) || true);

    [Test]
    public void A_moment_is_in_them_exactly_when_a_clock_on_the_wall_says_so() =>
        Gen.Select(AnyHours, Gen.Long[Ticks("2024-01-01T00:00Z"), Ticks("2029-01-01T00:00Z")]).Sample((hours, ticks) =>
        {
            var moment = new DateTimeOffset(ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            return hours.Contain(moment) == OnTheWall(hours, moment);
        }, iter: 3000);

    [Test]
    public void The_times_of_a_year_are_where_a_clock_on_the_wall_says_so() => AnyHours.Sample(hours =>
    {
        var start = At("2026-03-20T00:00Z");
        var times = hours.TimesFrom(start).TakeWhile(time => time.From < start.AddDays(30)).ToList();
        for (var moment = start; moment < start.AddDays(15); moment = moment.AddMinutes(7.5))
        {
            if (times.Any(time => time.From <= moment && moment < time.Until) != OnTheWall(hours, moment))
            {
                return false;
            }
        }

        return times.Zip(times.Skip(1)).All(pair => pair.First.Until < pair.Second.From || pair.First.Until - pair.First.From >= TimeSpan.FromDays(7));
    }, iter: 30);

    [Test]
    public void A_window_that_crosses_midnight_is_of_the_day_on_which_it_begins()
    {
        var nights = WorkingHours.Parse("Fri 22:00-06:00 Europe/Berlin");

        Assert.That(Contain(nights, "2026-11-27T21:59:59+01:00", "2026-11-27T22:00+01:00", "2026-11-28T05:59:59+01:00", "2026-11-28T06:00+01:00", "2026-11-28T22:30+01:00", "2026-11-27T05:00+01:00"), Is.EqualTo(new[] { false, true, true, false, false, false }));
    }

    [Test]
    public void An_hour_that_the_clock_skips_is_open_to_nobody()
    {
        // In Berlin 02:00 to 03:00 is skipped on that Sunday.
        Assert.That(WorkingHours.Parse("Sun 02:00-03:00 Europe/Berlin").TimesOf(new DateOnly(2026, 3, 29)), Is.Empty);
        Assert.That(WorkingHours.Parse("Sun 02:30-04:00 Europe/Berlin").TimesOf(new DateOnly(2026, 3, 29)), Is.EqualTo(new[] { new OpenTime(At("2026-03-29T01:00Z"), At("2026-03-29T02:00Z")) }));
        Assert.That(WorkingHours.Parse("Sun 01:00-02:30 Europe/Berlin").TimesOf(new DateOnly(2026, 3, 29)), Is.EqualTo(new[] { new OpenTime(At("2026-03-29T00:00Z"), At("2026-03-29T01:00Z")) }));
        Assert.That(WorkingHours.Parse("Sat 22:00-06:00 Europe/Berlin").TimesOf(new DateOnly(2026, 3, 28)).Single(), Is.EqualTo(new OpenTime(At("2026-03-28T21:00Z"), At("2026-03-29T04:00Z"))), "seven hours");
    }

    [Test]
    public void An_hour_that_the_clock_shows_twice_is_open_twice()
    {
        // In Berlin 02:00 to 03:00 comes twice on that Sunday.
        Assert.That(WorkingHours.Parse("Sun 02:15-02:45 Europe/Berlin").TimesOf(new DateOnly(2026, 10, 25)), Is.EqualTo(new[] { new OpenTime(At("2026-10-25T00:15Z"), At("2026-10-25T00:45Z")), new OpenTime(At("2026-10-25T01:15Z"), At("2026-10-25T01:45Z")) }));
        Assert.That(WorkingHours.Parse("Sat 22:00-06:00 Europe/Berlin").TimesOf(new DateOnly(2026, 10, 24)).Single(), Is.EqualTo(new OpenTime(At("2026-10-24T20:00Z"), At("2026-10-25T05:00Z"))), "nine hours");
    }

    [Test]
    public void A_day_that_a_country_skipped_had_no_hours() =>
        // Samoa went from Thursday, 29 December 2011, to Saturday.
        Assert.That(WorkingHours.Parse("Fri 09:00-17:00 Pacific/Apia").TimesFrom(At("2011-12-26T00:00Z")).First(), Is.EqualTo(new OpenTime(At("2012-01-05T19:00Z"), At("2012-01-06T03:00Z"))));

    [Test]
    public void Zones_with_odd_offsets_are_right() =>
        Assert.That(WorkingHours.Parse("Mon 09:00-17:00 Asia/Kathmandu").TimesOf(new DateOnly(2026, 11, 30)).Single(), Is.EqualTo(new OpenTime(At("2026-11-30T03:15Z"), At("2026-11-30T11:15Z"))));

    [Test]
    public void Days_that_follow_each_other_at_once_are_one_time() =>
        Assert.That(WorkingHours.Parse("Mon,Tue 00:00-24:00 UTC").TimesFrom(At("2026-11-30T12:00Z")).First(), Is.EqualTo(new OpenTime(At("2026-11-30T00:00Z"), At("2026-12-02T00:00Z"))));

    [Test]
    public void A_culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { DateTimeFormat = { TimeSeparator = "." } };
        try
        {
            Assert.That(WorkingHours.Parse("Mon-Fri 09:00-17:00 Europe/Berlin").ToString(), Is.EqualTo("Mon-Fri 09:00-17:00 Europe/Berlin"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Equal_hours_are_equal_however_they_were_written()
    {
        Assert.That(WorkingHours.Parse("Mon,Tue,Wed 9:00-17:00 UTC"), Is.EqualTo(WorkingHours.Parse("Mon-Wed 09:00-17:00 UTC")));
        Assert.That(WorkingHours.Parse("Mon 9:00-17:00 UTC"), Is.Not.EqualTo(WorkingHours.Parse("Mon 9:00-17:01 UTC")));
    }

    private static bool OnTheWall(WorkingHours hours, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZone.Contains(' ', StringComparison.Ordinal) ? "Europe/Berlin" : hours.TimeZone)).DateTime;
        var time = TimeOnly.FromDateTime(local);
        return hours.To > hours.From
            ? hours.Days.Contains(local.DayOfWeek) && time >= hours.From && time < hours.To
            : (hours.Days.Contains(local.DayOfWeek) && time >= hours.From) || (hours.Days.Contains(local.AddDays(-1).DayOfWeek) && time < hours.To);
    }

    private static bool[] Contain(WorkingHours hours, params string[] moments) => [.. moments.Select(moment => hours.Contain(At(moment)))];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static long Ticks(string text) => At(text).UtcTicks;

    private static TimeOnly Time(int minutes) => TimeOnly.MinValue.AddMinutes(minutes);
}
