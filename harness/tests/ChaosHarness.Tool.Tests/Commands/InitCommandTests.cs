namespace ChaosHarness.Tool.Tests.Commands;

public sealed class InitCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("init-").FullName;
        File.WriteAllText(Path.Combine(_folder, "Shop.slnx"), "<Solution />");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_writes_what_is_missing_and_leaves_alone_what_is_there()
    {
        var tests = Directory.CreateDirectory(Path.Combine(_folder, "tests")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tests, "Shop-Drills.csproj"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(tests, "Recording.cs"), "// ours");

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(tests, "init", "--no-packages");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("is there Recording.cs").And.Contain("wrote    TheSystem.cs").And.Contain("Next: say in TheSystem.cs"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(tests, "Recording.cs")), Is.EqualTo("// ours"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(tests, "ServiceExperiments.cs")), Does.StartWith("namespace Shop_Drills;"));
        Assert.That(Path.Combine(_folder, "runsettings", "nightly.runsettings"), Does.Exist);
        Assert.That((await ChaosProgram.RunAsync(tests, "init", "--no-packages")).Output, Does.Not.Contain("wrote"), "twice is as good as once");
    }

    [Test]
    public async Task No_project_and_several_are_told_with_what_to_do()
    {
        Assert.That((await ChaosProgram.RunAsync(_folder, "init")).Errors, Does.StartWith("There is no project here.").And.Contain("dotnet new chaos"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "One.csproj"), "<Project />");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Two.csproj"), "<Project />");

        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "init");

        Assert.That((exitCode, errors.Trim()), Is.EqualTo((2, "There are several projects here; name one with --project: One.csproj, Two.csproj")));
    }
}
