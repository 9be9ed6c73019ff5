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

    [Test, Platform("Linux")]
    public async Task What_is_too_old_is_raised_what_is_there_is_left_and_what_does_not_fit_is_no_success()
    {
        var tests = Directory.CreateDirectory(Path.Combine(_folder, "tests")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tests, "Shop.csproj"), """
            <Project>
              <PackageReference Include="NUnit" Version="4.3.2" />
              <PackageReference Include="NUnit3TestAdapter" Version="99.0.0" />
              <PackageReference Include="Microsoft.NET.Test.Sdk" Version="$(SdkVersion)" />
              <PackageReference Include="ChaosHarness.Allure" Version="0.1.0" />
            </Project>
            """);
        var programs = await FakeProgram.WriteAsync(_folder, "dotnet", $"echo \"$@\" >> {_folder}/asked\n[ \"$1\" != restore ] || [ ! -e {_folder}/unfit ] || {{ echo 'error NU1605: Detected package downgrade'; exit 1; }}");

        var (exitCode, output, errors) = await ChaosProgram.RunBesideAsync(programs, tests, "init");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Match("raised   NUnit from 4\\.3\\.2 to 5\\.").And.Contain("is there NUnit3TestAdapter 99.0.0").And.Contain("is there Microsoft.NET.Test.Sdk $(SdkVersion)").And.Contain("is there ChaosHarness.Allure 0.1.0").And.Contain("added    ChaosHarness.NUnit 0.1.0"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "asked")), Does.Match("package NUnit --version 5\\.").And.Not.Contain("NUnit3TestAdapter").And.Not.Contain("ChaosHarness.Allure"));

        await File.WriteAllTextAsync(Path.Combine(_folder, "unfit"), "");
        (exitCode, _, errors) = await ChaosProgram.RunBesideAsync(programs, tests, "init");
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("its packages do not fit together: error NU1605: Detected package downgrade"));
    }

    [TestCase("4.3.2", "5.0.0", true)]
    [TestCase("5.0.0-beta", "5.0.0", true)]
    [TestCase("5.0.0", "5.0.0", false)]
    [TestCase("6.0.0", "5.0.0", false)]
    [TestCase("5.*", "5.0.0", false)]
    [TestCase("[4,5)", "5.0.0", false)]
    [TestCase("", "5.0.0", false)]
    public void Only_what_is_surely_older_is_raised(string version, string wanted, bool isBelow) => Assert.That(ProjectPackages.IsBelow(version, wanted), Is.EqualTo(isBelow));

    [Test]
    public void A_version_that_is_kept_centrally_is_found_there()
    {
        File.WriteAllText(Path.Combine(_folder, "Directory.Packages.props"), "<Project><ItemGroup><PackageVersion Include=\"NUnit\" Version=\"4.6.1\" /></ItemGroup></Project>");
        var project = Path.Combine(_folder, "A.csproj");
        File.WriteAllText(project, "<Project><ItemGroup><PackageReference Include=\"nunit\" /><PackageReference Include=\"Other\"><Version>1.0</Version></PackageReference></ItemGroup></Project>");

        Assert.That(new[] { "NUnit", "Other", "Third" }.Select(package => ProjectPackages.VersionOf(project, package)), Is.EqualTo(new[] { "4.6.1", "1.0", null }));
    }

    [TestCase("bin/", true)]
    [TestCase("/artifacts/", false)]
    public async Task What_drills_leave_is_kept_from_a_repository(string ignored, bool isTold)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".gitignore"), ignored);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Drills.csproj"), "<Project />");

        var (_, output, _) = await ChaosProgram.RunAsync(_folder, "init", "--no-packages");

        Assert.That(output.Contains("echo artifacts/ >> .gitignore", StringComparison.Ordinal), Is.EqualTo(isTold), output);
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
