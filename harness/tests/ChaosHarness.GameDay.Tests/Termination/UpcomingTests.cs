using ChaosHarness.GameDay.Termination;

namespace ChaosHarness.GameDay.Tests.Termination;

public sealed class UpcomingTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);
    private static readonly DateTimeOffset Morning = new(2026, 11, 27, 5, 0, 0, TimeSpan.Zero);
    private static readonly TerminationSettings Settings = Make.Settings(Make.Group("web", 3, 2), Make.Group("api", 1));
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("upcoming-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void It_is_the_plan_while_nothing_has_happened() =>
        Assert.That(Of(Morning), Is.EqualTo(TerminationPlan.Of(Settings, Today, Today.AddDays(30), new Dictionary<string, DateOnly>())));

    [Test]
    public void What_is_settled_or_over_today_is_not_to_come()
    {
        Assert.That(Of(Morning.AddHours(12)).Min(one => one.Day), Is.GreaterThan(Today));
        Assert.That(Of(Morning, new TerminationEntry(Morning, Today, "api", TerminationEvent.Chosen)).Where(one => one.Group.Name == "api").Min(one => one.Day), Is.GreaterThan(Today));
    }

    [Test]
    public void What_came_to_nothing_is_made_up_for_as_the_day_itself_will()
    {
        var yesterday = Today.AddDays(-1);
        var always = Make.Settings(Make.Group("web", 2, 2));
        IReadOnlyList<PlannedTermination> After(TerminationEvent what)
        {
            using var log = Log(new TerminationEntry(Morning, yesterday, "web", what));
            return Upcoming.Of(always, log, Morning, 1);
        }

        Assert.That((After(TerminationEvent.Outage).Count, After(TerminationEvent.Chosen).Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void A_moment_is_shown_where_the_hours_are() => Assert.That(Upcoming.Clock(Settings, Morning), Is.EqualTo("Fri 2026-11-27 06:00"));

    private IReadOnlyList<PlannedTermination> Of(DateTimeOffset now, params TerminationEntry[] entries)
    {
        using var log = Log(entries);
        return Upcoming.Of(Settings, log, now, 30);
    }

    private TerminationLog Log(params TerminationEntry[] entries)
    {
        var log = TerminationLog.Open(Path.Combine(_folder, Guid.NewGuid().ToString("N")));
        foreach (var entry in entries)
        {
            log.Add(entry);
        }

        return log;
    }
}
