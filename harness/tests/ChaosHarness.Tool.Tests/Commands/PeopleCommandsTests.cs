using ChaosHarness.People;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>What people say from a terminal to a run that goes on.</summary>
public sealed class PeopleCommandsTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private string _folder = "";

    private string Session => Path.Combine(_folder, "artifacts", "sessions", "one");

    private IReadOnlyList<PersonAct> Acts => new PeopleTail(Path.Combine(Session, PersonAct.FileName), fromStart: true).Read();

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("people-commands-").FullName;
        File.WriteAllText(Path.Combine(_folder, "Shop.sln"), "");
        Directory.CreateDirectory(Session);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("go", "--by", "")]
    [TestCase("note", "seen", "--by", "  ")]
    [TestCase("drill", "nightly", "--go-by", "  ")]
    public async Task Nobody_can_say_nothing(params string[] arguments)
    {
        using var waiting = Waiting();

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, arguments);

        Assert.That((exitCode, output), Is.EqualTo((2, "")));
        Assert.That(errors, Does.StartWith("Say who "));
        Assert.That(Acts, Is.Empty);
    }

    [Test]
    public async Task Who_gives_the_go_can_see_the_plan_and_name_it()
    {
        using var waiting = Waiting();

        var shown = await ChaosProgram.RunAsync(_folder, "go", "--show");
        Assert.That((shown.ExitCode, Acts.Count), Is.EqualTo((0, 0)), shown.Errors);
        Assert.That(shown.Output, Does.Contain("  fault: orders-db is killed").And.Contain("    undone by hand: start it").And.Contain($"SHA-256 {Hash}. To agree to it: chaos go --plan 0123456789ab --by NAME"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "go", "--plan", "fedcba987654", "--by", "ann")).Errors, Does.StartWith("The plan that waits is not fedcba987654: it is 0123"));

        Assert.That((await ChaosProgram.RunAsync(_folder, "go", "--plan", "0123456789ab", "--by", "ann")).Output, Does.StartWith("Given: "));
        Assert.That((await ChaosProgram.RunAsync(_folder, "go", "--by", "bob")).ExitCode, Is.Zero);

        Assert.That(Acts.Select(act => (act.By, act.Plan)), Is.EqualTo(new[] { ("ann", Hash), ("bob", (string?)null) }));
    }

    [Test]
    public async Task What_is_decided_before_anything_struck_is_said_to_count_for_nothing()
    {
        using (Waiting())
        {
            Assert.That((await ChaosProgram.RunAsync(_folder, "decided", "wait", "--by", "ann")).Output.Trim(), Does.EndWith("Nothing has struck yet: it counts for no figure."));
        }

        using var struck = Held("""{"runId":"run-1","name":"it holds","system":"shop","startedAt":"2026-01-02T03:04:05Z","file":"FILE","isStruck":true}""");
        Assert.That((await ChaosProgram.RunAsync(_folder, "acted", "--by", "ann")).Output.Trim(), Does.EndWith("(run-1)."));
    }

    private FileStream Waiting() => Held($$"""{"runId":"run-1","name":"it holds","system":"shop","startedAt":"2026-01-02T03:04:05Z","file":"FILE","waitsUntil":"2026-01-02T03:14:05Z","plan":"{{Hash}}","planText":"fault: orders-db is killed\n  undone by hand: start it\n"}""");

    // As a run holds it for as long as it lives.
    private FileStream Held(string content)
    {
        var file = new FileStream(Path.Combine(Session, "run-1.attended"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.DeleteOnClose);
        file.Write(System.Text.Encoding.UTF8.GetBytes(content.Replace("FILE", Path.Combine(Session, PersonAct.FileName), StringComparison.Ordinal)));
        return file;
    }
}
