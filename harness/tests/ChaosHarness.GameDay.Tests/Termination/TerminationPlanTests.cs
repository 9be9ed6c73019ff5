using System.Globalization;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.GameDay.Termination;
using ChaosHarness.GameDay.Tests.Calendars;

namespace ChaosHarness.GameDay.Tests.Termination;

public sealed class TerminationPlanTests
{
    private static readonly Dictionary<string, DateOnly> Never = [];
    private static readonly DateOnly Start = new(2026, 1, 1);

    [TestCase(1, 1, 1)]
    [TestCase(5, 1, 0.2)]
    [TestCase(5, 5, 1)]
    [TestCase(10, 4, 1.0 / 7)]
    [TestCase(2.5, 2, 1 / 1.5)]
    public void A_day_is_as_likely_as_the_mean_wants_with_the_days_on_which_there_is_none(double mean, int minimum, double likelihood) =>
        Assert.That(TerminationPlan.Likelihood(Make.Group("g", mean, minimum)), Is.EqualTo(likelihood).Within(1e-12));

    /// <summary>Four groups of each kind over a thousand years: some 260 000 working days for each group.</summary>
    [TestCase(1, 1)]
    [TestCase(5, 1)]
    [TestCase(5, 3)]
    [TestCase(7.5, 7)]
    [TestCase(20, 5)]
    [TestCase(20, 20)]
    public void In_the_long_run_the_mean_is_what_was_asked_for_and_the_least_is_always_kept(double mean, int minimum)
    {
        var groups = Enumerable.Range(0, 4).Select(number => Make.Group("group " + number, mean, minimum)).ToList();
        var days = 0;
        var gaps = new List<int>();
        var last = new Dictionary<string, int>();
        var settings = Make.Settings(groups);
        var planned = TerminationPlan.Of(settings, Start, Start.AddYears(1000), Never).ToLookup(one => one.Day);
        for (var day = Start; day < Start.AddYears(1000); day = day.AddDays(1))
        {
            // The days are those of the week: no clock is set at nine.
            days += day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
            foreach (var one in planned[day])
            {
                if (last.TryGetValue(one.Group.Name, out var before))
                {
                    gaps.Add(days - before);
                }

                last[one.Group.Name] = days;
            }
        }

        Assert.That(gaps.Average(), Is.EqualTo(mean).Within(1).Percent);
        Assert.That(gaps.Min(), Is.EqualTo(minimum), "never fewer, and sometimes as few");
        if (mean > minimum)
        {
            // Beyond the least, each further day is as likely as the one before: a geometric distribution.
            var likelihood = 1 / (mean - minimum + 1);
            Assert.That(gaps.Count(gap => gap == minimum) / (double)gaps.Count, Is.EqualTo(likelihood).Within(0.01));
            Assert.That(gaps.Count(gap => gap == minimum + 1) / (double)gaps.Count, Is.EqualTo(likelihood * (1 - likelihood)).Within(0.01));
        }
    }

    [Test]
    public void Every_minute_of_the_hours_is_as_likely_as_any_other()
    {
        var settings = Make.Settings([.. Enumerable.Range(0, 10).Select(number => Make.Group("group " + number, 3))]) with { Hours = WorkingHours.Parse("Mon-Fri 09:00-17:00 Europe/Berlin") };
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var counts = new int[8 * 60];
        // No daylight saving beyond what machines know.
        foreach (var planned in TerminationPlan.Of(settings, Start, Start.AddYears(200), Never))
        {
            var local = TimeZoneInfo.ConvertTime(planned.At, zone);
            Assert.That((local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, local.Second, settings.Hours.Contain(planned.At)), Is.EqualTo((false, 0, true)));
            counts[((local.Hour - 9) * 60) + local.Minute]++;
        }

        var expected = counts.Sum() / (double)counts.Length;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.That(expected, Is.GreaterThan(300));
        // 479 degrees of freedom: outside of this in one of a thousand, on either side.
        Assert.That(chiSquare, Is.InRange(389, 580));
    }

    [Test]
    public void Every_instance_is_as_likely_as_any_other_and_exceptions_never_are()
    {
        var settings = Make.Settings(Make.Group("web", 1)) with { ExceptedInstances = new NamePatterns(["DB-*", "web-9"]) };
        string[] instances = [.. Enumerable.Range(0, 10).Select(number => $"web-{number}"), "db-1", "db-2"];
        var counts = TerminationPlan.Of(settings, Start, Start.AddYears(100), Never).Select(planned => TerminationPlan.Choose(settings, planned, instances)!).CountBy(instance => instance).ToDictionary();

        Assert.That(counts.Keys, Is.EquivalentTo(instances[..9]));
        var expected = counts.Values.Sum() / 9.0;
        // 8 degrees of freedom, one of a thousand.
        Assert.That(counts.Values.Sum(count => (count - expected) * (count - expected) / expected), Is.LessThan(26.1));
    }

    [Test]
    public void An_instance_that_comes_or_goes_changes_the_choice_for_itself_alone()
    {
        var settings = Make.Settings(Make.Group("web", 1));
        foreach (var planned in TerminationPlan.Of(settings, Start, Start.AddYears(2), Never))
        {
            var chosen = TerminationPlan.Choose(settings, planned, ["a", "b", "c"]);
            Assert.That(TerminationPlan.Choose(settings, planned, ["d", "c", "b", "a"]), Is.EqualTo("d").Or.EqualTo(chosen));
        }

        Assert.That(TerminationPlan.Choose(settings, new PlannedTermination(settings.Groups[0], Start, default), []), Is.Null);
    }

    [Test]
    public void The_same_seed_is_the_same_plan_and_another_is_another()
    {
        var settings = Make.Settings(Make.Group("web", 5, 2), Make.Group("api", 3));
        List<PlannedTermination> Plan(TerminationSettings of) => [.. TerminationPlan.Of(of, Start, Start.AddYears(1), Never)];

        var plan = Plan(settings);
        Assert.That(Plan(settings with { IsLeashed = true }), Is.EqualTo(plan));
        Assert.That(Plan(settings with { Seed = 8 }), Is.Not.EqualTo(plan));
    }

    [Test]
    public void A_group_has_the_same_plan_whichever_others_there_are()
    {
        var alone = TerminationPlan.Of(Make.Settings(Make.Group("web", 5, 2)), Start, Start.AddYears(1), Never);
        var among = TerminationPlan.Of(Make.Settings(Make.Group("api", 3), Make.Group("web", 5, 2)), Start, Start.AddYears(1), Never);

        Assert.That(among.Where(planned => planned.Group.Name == "web").Select(planned => planned.At), Is.EqualTo(alone.Select(planned => planned.At)));
    }

    [Test]
    public void A_plan_that_is_made_day_by_day_from_what_happened_is_the_plan_that_was_made_at_once()
    {
        var settings = Make.Settings(Make.Group("web", 6, 4), Make.Group("api", 2));
        var atOnce = TerminationPlan.Of(settings, Start, Start.AddYears(3), Never).ToList();
        var last = new Dictionary<string, DateOnly>();
        var byDay = new List<PlannedTermination>();
        for (var day = Start; day < Start.AddYears(3); day = day.AddDays(1))
        {
            foreach (var planned in TerminationPlan.Of(settings, day, day.AddDays(1), last).ToList())
            {
                byDay.Add(planned);
                last[planned.Group.Name] = day;
            }
        }

        Assert.That(byDay, Is.EqualTo(atOnce));
    }

    [Test]
    public void Nothing_is_planned_up_to_the_last_one()
    {
        var settings = Make.Settings(Make.Group("web", 1));
        var planned = TerminationPlan.Of(settings, new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 28), new Dictionary<string, DateOnly> { ["web"] = new(2026, 11, 25) });

        Assert.That(planned.Select(one => one.Day.Day), Is.EqualTo(new[] { 26, 27 }));
    }

    [Test]
    public void Groups_that_are_excepted_or_switched_off_are_never_hit()
    {
        var settings = Make.Settings(Make.Group("payments", 1), Make.Group("Payments-eu", 1), Make.Group("web", 1), Make.Group("api", 1) with { IsEnabled = false }) with { ExceptedGroups = new NamePatterns(["payments*"]) };

        Assert.That(TerminationPlan.Of(settings, Start, Start.AddYears(1), Never).Select(planned => planned.Group.Name).Distinct(), Is.EqualTo(new[] { "web" }));
    }

    [Test]
    public void A_frozen_day_is_no_working_day_and_frozen_hours_are_left_out()
    {
        var freezes = FreezeCalendar.Parse(Ics.Of("DTSTART;VALUE=DATE:20261123\nDURATION:P2D", "DTSTART;TZID=Europe/Berlin:20261125T090000\nDTEND;TZID=Europe/Berlin:20261125T145900"), "f.ics");
        var settings = Make.Settings(Make.Group("web", 1), Make.Group("api", 2, 2)) with { Freezes = freezes };
        var week = TerminationPlan.Of(settings, new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30), new Dictionary<string, DateOnly> { ["api"] = new(2026, 11, 20) }).ToList();

        Assert.That(week.Where(planned => planned.Group.Name == "web").Select(planned => planned.Day.Day), Is.EqualTo(new[] { 25, 26, 27 }));
        Assert.That(week[0].At, Is.EqualTo(DateTimeOffset.Parse("2026-11-25T14:59+01:00", CultureInfo.InvariantCulture)), "the only minute that is left");
        Assert.That(week.Single(planned => planned.Group.Name == "api").Day.Day, Is.EqualTo(26), "the second working day");
    }

    [Test]
    public void Hours_across_midnight_and_changes_of_the_clock_are_kept()
    {
        var settings = Make.Settings(Make.Group("web", 1)) with { Hours = WorkingHours.Parse("Sat 22:00-06:00 Europe/Berlin") };
        var planned = TerminationPlan.Of(settings, Start, Start.AddYears(300), Never).ToList();

        Assert.That(planned, Has.Count.GreaterThan(15_000));
        Assert.That(planned.All(one => settings.Hours.Contain(one.At) && one.Day.DayOfWeek == DayOfWeek.Saturday));
        Assert.That(planned.Any(one => settings.Hours.DayOf(one.At) == one.Day.AddDays(1)));
    }
}
