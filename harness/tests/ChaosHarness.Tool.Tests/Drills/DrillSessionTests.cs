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

    private void Plain(string name, DateTime ended)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_workspace.Sessions, name, "allure-results")).FullName, "a-result.json");
        File.WriteAllText(file, "{}");
        File.SetLastWriteTimeUtc(file, ended);
    }
}
