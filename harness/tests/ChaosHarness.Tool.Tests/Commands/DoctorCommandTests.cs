namespace ChaosHarness.Tool.Tests.Commands;

public sealed class DoctorCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("doctor-").FullName;
        File.WriteAllText(Path.Combine(_folder, "Shop.sln"), "");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_says_of_each_thing_how_it_is_and_changes_nothing()
    {
        var (_, output, errors) = await ChaosProgram.RunAsync(_folder, "doctor");

        Assert.That(output, Does.Match(@"ok       \.NET SDK +\d+\.").And.Contain("fault journals").And.Contain("Allure site").And.Contain("local cloud"), errors);
        Assert.That(Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName), Is.EqualTo(new[] { "Shop.sln" }));
    }

    [Test]
    public async Task What_keeps_experiments_from_running_is_a_problem_with_its_cure()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "artifacts", "HALT"), "");

        var (exitCode, output, _) = await ChaosProgram.RunAsync(_folder, "doctor");

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(output, Does.Match("PROBLEM  halt lever +engaged: nothing starts while .*HALT is there\\n +-> chaos halt --release"));
    }

    [TestCase("bash", "complete -o default -F _chaos chaos")]
    [TestCase("zsh", "compdef _chaos chaos")]
    [TestCase("pwsh", "Register-ArgumentCompleter")]
    public async Task A_shell_is_told_how_to_complete(string shell, string line) =>
        Assert.That((await ChaosProgram.RunAsync(_folder, "completion", shell)).Output, Does.Contain(line));

    [Test, Platform("Linux")]
    public async Task Bash_completes_the_words_of_the_command()
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Tool.dll");
        await File.WriteAllTextAsync(Path.Combine(_folder, "try.sh"), $$"""
            chaos() { dotnet exec '{{tool}}' "$@"; }
            eval "$(chaos completion bash)"
            COMP_LINE='chaos faults re' COMP_POINT=15 COMP_WORDS=(chaos faults re) COMP_CWORD=2
            _chaos
            echo "${COMPREPLY[@]}"
            """);
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["try.sh"]) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;

        Assert.That((await process.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo("revert"));
    }
}
