using ChaosHarness.Experiments;
using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool.Tests.Drills;

public sealed class DrillSessionTests
{
    private static readonly DateTime Noon = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);
    private string _folder = "";
    private Workspace _workspace = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("sessions-").FullName;
        _workspace = new Workspace(_folder);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_last_is_whichever_ended_last_a_drill_or_a_plain_test()
    {
        Assert.That(DrillSession.Last(_workspace), Is.Null);
        var drill = DrillSession.Begin(_workspace);
        Assert.That(DrillSession.Last(_workspace), Is.Null, "it is still going on");
        drill.Publish();
        Assert.That(DrillSession.Last(_workspace)!.Folder, Is.EqualTo(drill.Folder));

        Plain("later", DateTime.UtcNow.AddMinutes(1));
        Plain("earlier", Noon);
        Directory.CreateDirectory(Path.Combine(_workspace.Sessions, "empty"));

        Assert.That(Path.GetFileName(DrillSession.Last(_workspace)!.Folder), Is.EqualTo("later"));
    }

    [Test]
    public void Only_the_latest_are_kept_plain_ones_too()
    {
        foreach (var number in Enumerable.Range(0, 12))
        {
            Plain($"plain-{number}", Noon.AddMinutes(number));
        }

        Plain("another-drill", Noon);
        File.WriteAllText(Path.Combine(_workspace.Sessions, "another-drill", ".drill"), "");
        DrillSession.Begin(_workspace).Publish();

        var left = Directory.EnumerateDirectories(_workspace.Sessions).Select(Path.GetFileName).ToList();
        Assert.That(left, Has.Some.EqualTo("plain-11").And.Some.EqualTo("plain-3").And.None.EqualTo("plain-2"));
        Assert.That(left, Has.Some.EqualTo("another-drill"), "one that goes on is nobody's to remove");
    }

    [Test]
    public void A_report_that_cannot_be_replaced_is_told_and_the_session_is_over_all_the_same()
    {
        Directory.CreateDirectory(_workspace.Artifacts);
        File.WriteAllText(_workspace.Report, "no folder");
        var session = DrillSession.Begin(_workspace);
        Directory.CreateDirectory(session.Site);

        Assert.That(session.Publish().Single(), Does.StartWith($"report could not be copied to {_workspace.Artifacts}, and is in {session.Folder} alone: "));
        Assert.That(DrillSession.Last(_workspace)!.Folder, Is.EqualTo(session.Folder));
    }

    [Test]
    public void A_session_whose_process_was_killed_is_over_and_one_that_goes_on_is_not()
    {
        var results = Directory.CreateDirectory(Path.Combine(_workspace.Sessions, "killed", "allure-results")).FullName;
        File.WriteAllText(Path.Combine(results, "x.begun"), "{}");
        Assert.That(DrillSession.Last(_workspace)!.AllureResults, Is.EqualTo(results));

        using var open = BegunTest.Begin(results, new UnfinishedTest("goes on", "", DateTimeOffset.UnixEpoch));
        Assert.That(DrillSession.Last(_workspace), Is.Null);
    }

    private void Plain(string name, DateTime ended)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_workspace.Sessions, name, "allure-results")).FullName, "a-result.json");
        File.WriteAllText(file, "{}");
        File.SetLastWriteTimeUtc(file, ended);
    }
}
