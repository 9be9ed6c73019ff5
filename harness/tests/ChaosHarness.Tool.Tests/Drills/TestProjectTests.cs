using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool.Tests.Drills;

public sealed class TestProjectTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("project-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void It_is_asked_in_the_words_of_VSTest_unless_the_repository_says_otherwise() =>
        Assert.That(Project("<Project />").Arguments("p.runsettings", "results", false, ["--filter", "Name=x"]), Is.EqualTo(new[]
        {
            "test", Path.Combine(_folder, "Drills.csproj"), "--no-build", "--nologo", "--settings", "p.runsettings", "--results-directory", "results",
            "--logger", "trx;LogFileName=drill.trx", "--filter", "Name=x",
        }));

    [Test]
    public void Who_refers_to_a_logger_gets_its_file() =>
        Assert.That(Project("<PackageReference Include=\"JunitXml.TestLogger\" />").Arguments("p", "r", true, []), Does.Contain("junit;LogFileName=drill.junit.xml"));

    [Test]
    public void Into_a_pipe_experiments_say_what_they_do_on_request_only() =>
        Assert.That(Project("<Project />").Arguments("p", "r", true, []), Does.Contain("console;verbosity=normal"));

    [TestCase("""{ "test": { "runner": "Microsoft.Testing.Platform" } }""", true)]
    [TestCase("""{ /* of ours */ "test": { "runner": "VSTest", }, }""", false)]
    [TestCase("""{ "sdk": {} }""", false)]
    [TestCase("no json", false)]
    public void The_runner_is_that_of_the_nearest_global_json(string settings, bool isPlatform)
    {
        File.WriteAllText(Path.Combine(_folder, "global.json"), settings);
        var project = Project("<PackageReference Include=\"Microsoft.Testing.Extensions.TrxReport\" />");

        Assert.That(project.IsOnTestingPlatform, Is.EqualTo(isPlatform));
        Assert.That(project.Arguments("p", "r", true, []), isPlatform ? Does.Contain("--project").And.Contain("--report-trx") : Does.Not.Contain("--project"));
    }

    private TestProject Project(string text)
    {
        var path = Path.Combine(_folder, "Drills.csproj");
        File.WriteAllText(path, text);
        return new TestProject(path);
    }
}
