using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Origins;
using ChaosHarness.People;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Experiments;

public sealed class OpenRunTests
{
    private static readonly OpenRunHeader Header = new(
        "run-1", "experiment", new Dictionary<string, string>(), "the name", [], new RunOrigin(), "it holds", "shop", "local", "one", [], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 20);

    private string _folder = null!;

    private string File => Path.Combine(_folder, Header.RunId + OpenRun.Suffix);

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("open-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestCase("", Outcome.Broken, "the process ended during Build")]
    [TestCase("Guard\nInject\n", Outcome.Broken, "the process ended during Inject")]
    [TestCase("Inject\nHalted: the process received SIGINT\n", Outcome.Halted, "the process received SIGINT; then the process ended during Inject")]
    [TestCase("Inject\nHalted: the process received SIGINT\nRevert\nHalted: the process is ending\n", Outcome.Halted, "the process received SIGINT; then the process ended during Revert")]
    [TestCase("Inject\nHalted: enough\nRevert\nEnded: Broken 'cut' could not be reverted: no\n", Outcome.Broken, "'cut' could not be reverted: no; then the process ended before the test did")]
    [TestCase("Inject\nHalted: enough\nRevert\nEnded: Halted enough\n", Outcome.Halted, "enough; then the process ended before the test did")]
    [TestCase("Inject\nRevert\nVerify\nEnded: Passed \n", Outcome.Broken, "the process ended during Verify")]
    [TestCase("Guard\nInject\nUndone: 'cut' at 03:04:09 UTC by the watchdog\nUndone: 'slow' at 03:04:10 UTC by a later start\n", Outcome.Broken, "the process ended during Inject. Undone since: 'cut' at 03:04:09 UTC by the watchdog, 'slow' at 03:04:10 UTC by a later start")]
    public void What_a_process_left_becomes_a_record(string noted, Outcome outcome, string reason)
    {
        System.IO.File.WriteAllText(File, Line(Header) + noted);

        var record = OpenRun.TakeOver(_folder).Single();

        Assert.That((record.Outcome, record.Reason, record.Interrupted), Is.EqualTo((outcome, reason, true)));
        Assert.That((record.RunId, record.Name, record.System, record.Speed), Is.EqualTo(("run-1", "the name", "shop", 20d)));
        Assert.That(File, Does.Not.Exist);
    }

    [Test]
    public void What_people_said_until_a_run_was_killed_is_kept()
    {
        var people = Path.Combine(_folder, "session", PersonAct.FileName);
        var header = Header with { PeopleFile = people };
        new PersonAct(PersonActKind.Note, "ann") { Text = "long before", At = header.StartedAt - TimeSpan.FromHours(1) }.Append(people);
        new PersonAct(PersonActKind.Go, "ann") { RunId = "run-1", At = header.StartedAt + TimeSpan.FromSeconds(4) }.Append(people);
        new PersonAct(PersonActKind.Decided, "ann") { Text = "fail over", RunId = "run-1", At = header.StartedAt + TimeSpan.FromSeconds(9) }.Append(people);
        new PersonAct(PersonActKind.Note, "bob") { RunId = "run-2", At = header.StartedAt + TimeSpan.FromSeconds(9) }.Append(people);
        System.IO.File.WriteAllText(File, Line(header) + "Guard\nInject\n");

        var record = OpenRun.TakeOver(_folder).Single();

        Assert.That(record.Timeline, Is.EqualTo(new[] { new TimelineEvent(TimeSpan.FromSeconds(4), TimelineKind.Person, "ann", "gave the go"), new TimelineEvent(TimeSpan.FromSeconds(9), TimelineKind.Person, "ann", "decided: fail over") }));
    }

    [Test]
    public void A_run_that_lives_notes_its_steps_and_is_left_alone()
    {
        var open = OpenRun.Begin(_folder, Header)!;
        open.Reaches(PhaseName.Inject);
        open.Halted("the caller\nhad enough");
        Assert.That(OpenRun.TakeOver(_folder), Is.Empty);
        Assert.That(open.Over.IsCompleted, Is.False);
        var length = new FileInfo(File).Length;

        open.Dispose();

        Assert.That(open.Over.IsCompleted, Is.True);
        Assert.That(length, Is.EqualTo((Line(Header) + "Inject\nHalted: the caller had enough\n").Length), "each on a line of its own");
        Assert.That(File, Does.Not.Exist);
        Assert.That(() => open.Ended(Outcome.Halted, "too late"), Throws.Nothing);
    }

    [Test]
    public async Task What_is_undone_later_is_told_and_does_not_make_the_run_longer()
    {
        System.IO.File.WriteAllText(File, Line(Header) + "Inject\n");
        System.IO.File.SetLastWriteTimeUtc(File, Header.StartedAt.UtcDateTime.AddSeconds(7));

        await UndoneNote.WriteAsync(Path.Combine(_folder, Header.RunId + FaultJournal.Suffix), "cut\nit", "the watchdog", Header.StartedAt.AddHours(9));
        await UndoneNote.WriteAsync(Path.Combine(_folder, "of-no-run" + FaultJournal.Suffix), "cut", "the watchdog", Header.StartedAt);

        var record = OpenRun.TakeOver(_folder).Single();
        Assert.That((record.Duration, record.Reason), Is.EqualTo((TimeSpan.FromSeconds(7), "the process ended during Inject. Undone since: 'cut it' at 12:04:05 UTC by the watchdog")));
    }

    [TestCase("")]
    [TestCase("no header\nInject\n")]
    [TestCase("{\"runId\":\"r\",\"name\":null,\"hypothesis\":null,\"system\":null,\"startedAt\":\"2026-01-01T00:00:00+00:00\"}\nGuard\n")]
    [TestCase("{\nInject\n")]
    public void What_is_no_run_is_removed_without_a_record(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.That(OpenRun.TakeOver(_folder), Is.Empty);
        Assert.That(File, Does.Not.Exist);
    }

    private static string Line(OpenRunHeader header) => JsonSerializer.Serialize(header, OpenRunJson.Default.OpenRunHeader) + "\n";
}
