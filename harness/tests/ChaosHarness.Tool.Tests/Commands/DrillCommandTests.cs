namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>What a drill finds before it runs anything, and says when it does not.</summary>
public sealed class DrillCommandTests
{
    private const string Experiments = "<Project><!-- ChaosHarness.NUnit Microsoft.NET.Test.Sdk --></Project>";
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("drill-").FullName;
        Write("Shop.sln", "");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task No_project_of_experiments_is_told_with_what_makes_one()
    {
        Write("src/Shop.csproj", "<Project />");
        Write("bin/Copy.csproj", Experiments);

        Assert.That(await ErrorAsync("drill"), Does.StartWith("There is no project of experiments in ").And.Contain("--project"));
    }

    [Test]
    public async Task Several_are_named()
    {
        Write("one/One.csproj", Experiments);
        Write("other/Other.csproj", Experiments);

        Assert.That(await ErrorAsync("drill"), Does.StartWith("There are several projects of experiments").And.Contain(Path.Combine("one", "One.csproj")).And.Contain(Path.Combine("other", "Other.csproj")));
        Assert.That(await ErrorAsync("drill", "--project", "one"), Does.StartWith("There is no profile 'nightly'"), "a folder will do");
        Assert.That(await ErrorAsync("drill", "--project", "nowhere"), Is.EqualTo("There is no project nowhere."));
    }

    [Test]
    public async Task An_unknown_profile_is_told_with_those_there_are()
    {
        Write("tests/Drills.csproj", Experiments);
        Write("runsettings/weekly.runsettings", "<RunSettings />");
        Write("tests/runsettings/quarterly.runsettings", "<RunSettings />");

        Assert.That(await ErrorAsync("drill"), Is.EqualTo("There is no profile 'nightly'. There are: quarterly weekly"));
        Assert.That(await ErrorAsync("drill", "../weekly"), Does.StartWith("There is no profile '../weekly'"), "a name is no path");
    }

    [Test]
    public async Task What_is_for_dotnet_test_comes_after_two_dashes_with_or_without_a_profile()
    {
        Write("tests/Drills.csproj", Experiments);
        Write("runsettings/weekly.runsettings", "<RunSettings />");

        Assert.That(await ErrorAsync("drill", "weekly", "monthly"), Is.EqualTo("'monthly' is no word for a drill. Arguments for dotnet test come after --, such as: chaos drill weekly -- --filter Name~failover"));
        Assert.That(await ErrorAsync("drill", "weekly", "monthly", "--", "--filter", "x"), Does.StartWith("'monthly' is no word for a drill."));
        Assert.That(await ErrorAsync("drill", "--filter", "Name~x"), Is.EqualTo("'--filter' is no word for a drill. Arguments for dotnet test come after --, such as: chaos drill nightly -- --filter Name~failover"));
        Assert.That(await ErrorAsync("drill", "--", "--filter", "x"), Does.StartWith("There is no profile 'nightly'."), "the profile is still the usual one");
        Assert.That(await ErrorAsync("drill", "monthly", "--", "--filter", "x"), Does.StartWith("There is no profile 'monthly'."));
    }

    [Test]
    public async Task A_project_that_does_not_build_is_no_drill()
    {
        Write("tests/Drills.csproj", Experiments);
        Write("runsettings/nightly.runsettings", "<RunSettings />");

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill");

        Assert.That(exitCode, Is.EqualTo(2), output + errors);
        Assert.That(errors, Does.Contain($"Building {Path.Combine("tests", "Drills.csproj")}"));
        Assert.That(Path.Combine(_folder, "artifacts", "sessions"), Does.Not.Exist);
    }

    [Test]
    public async Task A_session_without_results_is_no_success()
    {
        Write("tests/Drills.csproj", Experiments);
        Write("runsettings/nightly.runsettings", "<RunSettings />");

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--no-build", "--no-allure");

        Assert.That(exitCode, Is.EqualTo(2), output + errors);
        Assert.That(output, Does.Contain("No experiment ran: dotnet test left no results at all").And.Contain("Run the drill without --no-build"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder, "artifacts", "report", "index.html")), Does.Contain("dotnet test left no results at all"));
        Assert.That(Path.Combine(_folder, "artifacts", "report", "scorecard.html"), Does.Exist, "the scorecard is of all runs");
    }

    [Test]
    public async Task A_report_that_cannot_be_put_in_its_place_keeps_nobody_from_the_table()
    {
        Write("tests/Drills.csproj", Experiments);
        Write("runsettings/nightly.runsettings", "<RunSettings />");
        Write("artifacts/report", "no folder");

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "drill", "--no-build", "--no-allure");

        Assert.That(exitCode, Is.EqualTo(2), output + errors);
        Assert.That(errors, Does.Contain("report could not be copied to "));
        Assert.That(output, Does.Contain("No experiment ran").And.Match("Scorecard: file://.*/sessions/.*/report/scorecard.html"));
    }

    [Test, Platform(Exclude = "Win")]
    public async Task A_signal_while_it_builds_is_no_reason_to_break_anything()
    {
        Write("tests/Drills.csproj", Experiments.Replace("</Project>", "<Target Name=\"Build\"><Exec Command=\"touch ../begun &amp;&amp; sleep 3\" /></Target><Target Name=\"Restore\" /><Target Name=\"VSTest\"><Exec Command=\"touch ../broken\" /></Target></Project>", StringComparison.Ordinal));
        Write("runsettings/nightly.runsettings", "<RunSettings />");

        var (exitCode, output, errors) = await ChaosProgram.InterruptAsync(_folder, "begun", "TERM", "drill", "--no-allure");

        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(output, Does.EndWith("Interrupted before anything was broken." + Environment.NewLine));
        Assert.That(Path.Combine(_folder, "broken"), Does.Not.Exist);
    }

    [TestCase(false, "TERM", "Nothing is left broken.")]
    [TestCase(true, "TERM", "Left broken: break the door. To undo it: chaos faults revert --journals ")]
    [Platform(Exclude = "Win")]
    public async Task A_drill_that_is_interrupted_says_what_is_left_broken_and_is_no_success(bool isLeft, string signal, string words)
    {
        // Tests that are under way: they say that they have begun, and end a while after the interrupt.
        Write("tests/Drills.csproj", Experiments.Replace("</Project>", "<Target Name=\"VSTest\"><Exec Command=\"touch ../begun &amp;&amp; sleep 3 &amp;&amp; false\" /></Target></Project>", StringComparison.Ordinal));
        Write("runsettings/nightly.runsettings", "<RunSettings><TestRunParameters><Parameter name=\"Chaos.FaultJournalFolder\" value=\"journals\" /></TestRunParameters></RunSettings>");
        if (isLeft)
        {
            Write("journals/20260101-000000-00000001.faults.jsonl", "{\"event\":\"planned\",\"id\":\"20260101-000000-00000001/1\",\"at\":\"2026-01-01T00:00:00+00:00\",\"fault\":\"break the door\",\"targets\":[\"door\"],\"system\":\"shop in local\",\"recipe\":{\"kind\":\"command.run\",\"instructions\":\"mend it\",\"parameters\":{\"program\":\"true\"}}}\n");
        }

        var (exitCode, output, errors) = await ChaosProgram.InterruptAsync(_folder, "begun", signal, "drill", "--no-build", "--no-allure");

        Assert.That(exitCode, Is.EqualTo(1), output + errors);
        Assert.That(output, Does.Contain("Interrupted: what was under way was halted, and is in the ledger as such. " + words));
        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder, "artifacts", "sessions"), "HALT", SearchOption.AllDirectories).Select(File.ReadAllText).Single(), Does.Contain($"received SIG{signal}"), "the tests are told, whom the signal itself did not reach");
    }

    [Test]
    public async Task Nothing_to_open_is_told_with_what_makes_it() =>
        Assert.That(await ErrorAsync("open"), Does.StartWith($"There is no report in {Path.Combine(_folder, "artifacts", "report")}.").And.Contain("chaos drill"));

    private async Task<string> ErrorAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, arguments);
        Assert.That(exitCode, Is.EqualTo(2), output + errors);
        return errors.TrimEnd();
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
