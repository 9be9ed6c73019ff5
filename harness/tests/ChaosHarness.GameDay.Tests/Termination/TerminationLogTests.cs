using ChaosHarness.GameDay.Termination;

namespace ChaosHarness.GameDay.Tests.Termination;

public sealed class TerminationLogTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private string _folder = null!;

    private string Path => System.IO.Path.Combine(_folder, "history", "terminations.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("terminations-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_was_added_is_read_again()
    {
        Assert.That(TerminationLog.Read(Path).All, Is.Empty);
        var entry = Entry(Monday, TerminationEvent.Terminated) with { Instance = "web-2", Why = "Passed", Run = "r\n1" };
        using (var log = TerminationLog.Open(Path))
        {
            log.Add(entry);
            Assert.That(TerminationLog.Read(Path).All.Single(), Is.EqualTo(entry), "also while it is open");
        }

        using var again = TerminationLog.Open(Path);
        again.Add(Entry(Monday.AddDays(1), TerminationEvent.Missed));
        Assert.That(TerminationLog.Read(Path).All, Has.Count.EqualTo(2));
    }

    [Test]
    public void One_at_a_time_adds_to_it()
    {
        using (TerminationLog.Open(Path))
        {
            Assert.That(() => TerminationLog.Open(Path), Throws.InstanceOf<IOException>().With.Message.EqualTo($"Another chaos monkey runs with {Path}: let it go on, or end it first."));
        }

        TerminationLog.Open(Path).Dispose();
    }

    [Test]
    public void What_was_cut_off_in_the_middle_of_a_line_is_forgotten()
    {
        using (var log = TerminationLog.Open(Path))
        {
            log.Add(Entry(Monday, TerminationEvent.Chosen));
            log.Add(Entry(Monday.AddDays(1), TerminationEvent.Chosen));
        }

        var whole = File.ReadAllText(Path);
        File.WriteAllText(Path, whole[..^20]);
        Assert.That(TerminationLog.Read(Path).IsSettled("web", Monday.AddDays(1)), Is.False);
        using (var log = TerminationLog.Open(Path))
        {
            log.Add(Entry(Monday.AddDays(1), TerminationEvent.Chosen));
        }

        Assert.That(File.ReadAllText(Path), Is.EqualTo(whole));
    }

    [TestCase("rubbish")]
    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"at":"2026-11-23T09:00:00+00:00","day":"2026-11-23","group":"web","event":"Fed"}""")]
    public void A_line_that_cannot_be_read_is_named_and_nothing_is_done(string line)
    {
        using (var log = TerminationLog.Open(Path))
        {
            log.Add(Entry(Monday, TerminationEvent.Chosen));
        }

        File.AppendAllText(Path, line + "\n");
        Assert.That(() => TerminationLog.Open(Path), Throws.TypeOf<FormatException>().With.Message.StartsWith($"{Path}, line 2: this is no entry of a log of terminations"));
        Assert.That(() => TerminationLog.Read(Path), Throws.TypeOf<FormatException>());
        File.Delete(Path);
        TerminationLog.Open(Path).Dispose();
    }

    [Test]
    public void The_last_one_is_that_which_was_done_begun_or_would_have_been()
    {
        using var log = TerminationLog.Open(Path);
        foreach (var (days, events) in new (int, TerminationEvent[])[]
        {
            (0, [TerminationEvent.Chosen, TerminationEvent.Terminated]),
            (1, [TerminationEvent.Chosen, TerminationEvent.NotTerminated]),
            (2, [TerminationEvent.Outage]),
            (3, [TerminationEvent.WouldTerminate]),
            (4, [TerminationEvent.Missed]),
            (5, [TerminationEvent.Chosen]),
        })
        {
            foreach (var one in events)
            {
                log.Add(Entry(Monday.AddDays(days), one));
            }
        }

        Assert.That(Enumerable.Range(0, 7).Select(days => log.LastBefore(Monday.AddDays(days)).TryGetValue("web", out var last) ? last.DayNumber - Monday.DayNumber : -1), Is.EqualTo(new[] { -1, 0, 0, 0, 3, 3, 5 }));
        Assert.That(Enumerable.Range(0, 7).Select(days => log.IsSettled("web", Monday.AddDays(days))), Is.EqualTo(new[] { true, true, true, true, true, true, false }));
        Assert.That(log.IsSettled("api", Monday), Is.False);
    }

    private static TerminationEntry Entry(DateOnly day, TerminationEvent what) => new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), day, "web", what);
}
