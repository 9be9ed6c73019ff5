using System.Diagnostics;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

[Platform("Linux,MacOsX")]
public sealed class RunCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("commands-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_recipe_runs_its_program_with_its_arguments_as_they_are()
    {
        var file = Path.Combine(_folder, "seen");
        var recipe = RunCommand.Recipe("sh", ["-c", "printf '%s|' \"$@\" > \"$0\"", file, "two words", "", "$HOME", "\"quoted\"", "it's"]);
        const string Seen = "two words||$HOME|\"quoted\"|it's|";
        await new RunCommand().RevertAsync(recipe, CancellationToken.None);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Seen));

        // A person who pastes what the instructions say does the same.
        File.Delete(file);
        Assert.That((recipe.Kind, recipe.Instructions), Is.EqualTo((RunCommand.RecipeKind, $"Run: sh -c 'printf '\\''%s|'\\'' \"$@\" > \"$0\"' {file} 'two words' '' '$HOME' '\"quoted\"' 'it'\\''s'")));
        using var pasted = Process.Start("sh", ["-c", recipe.Instructions["Run: ".Length..]]);
        await pasted.WaitForExitAsync();
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Seen));
    }

    [Test]
    public async Task One_without_arguments_runs_and_finds_nothing_to_read()
    {
        // It ends at the end of its input: whoever waits for a person would wait for ever.
        await new RunCommand().RevertAsync(RunCommand.Recipe("cat", []), CancellationToken.None);
    }

    // Whoever interrupts the run at a terminal means the run, and not what puts something back.
    [Test, Platform("Linux")]
    public async Task It_is_out_of_reach_of_the_terminal()
    {
        var file = Path.Combine(_folder, "session");
        await RunCommand.RunAsync("sh", ["-c", $"cut -d ' ' -f 6 /proc/$$/stat > {file}; cut -d ' ' -f 6 /proc/{Environment.ProcessId}/stat >> {file}"], Patience, CancellationToken.None);

        Assert.That(await File.ReadAllLinesAsync(file), Has.Length.EqualTo(2).And.Unique);
    }

    [TestCase("exit 3", "`sh -c 'exit 3'` ended with exit code 3.")]
    [TestCase("echo out; exit 3", "`sh -c 'echo out; exit 3'` ended with exit code 3. It wrote: out")]
    [TestCase("echo why >&2; exit 3", "`sh -c 'echo why >&2; exit 3'` ended with exit code 3. It wrote: why")]
    public void One_that_fails_says_what_it_wrote(string script, string message) =>
        Assert.That(() => RunCommand.RunAsync("sh", ["-c", script], Patience, CancellationToken.None), Throws.InvalidOperationException.With.Message.EqualTo(message));

    [Test]
    public void Of_much_output_the_end_is_said() => Assert.That(
        () => RunCommand.RunAsync("sh", ["-c", "seq 1 1000; exit 1"], Patience, CancellationToken.None),
        Throws.InvalidOperationException.With.Message.EndsWith(" 999 1000").And.Message.Length.LessThan(600));

    [Test]
    public async Task One_that_takes_too_long_is_ended_with_everything_that_it_started()
    {
        var file = Path.Combine(_folder, "children");
        Assert.That(
            () => RunCommand.RunAsync("sh", ["-c", $"sleep 600 & echo $! > {file}; echo started; wait"], TimeSpan.FromSeconds(1), CancellationToken.None),
            Throws.InvalidOperationException.With.Message.EndsWith("was ended after 1s. It wrote: started"));

        var child = int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(() => IsRunning(child), Is.False.After(10_000, 10));
    }

    [Test]
    public async Task One_that_nobody_waits_for_any_more_is_ended_too()
    {
        using var cancel = new CancellationTokenSource();
        var running = RunCommand.RunAsync("sleep", ["600"], Patience, cancel.Token);
        await cancel.CancelAsync();

        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void One_that_is_not_there_says_so() => Assert.That(
        () => RunCommand.RunAsync("no-such-program-here", [], Patience, CancellationToken.None),
        Throws.InstanceOf<System.ComponentModel.Win32Exception>().With.Message.Contains("no-such-program-here"));

    [TestCase("sh", true)]
    [TestCase("/bin/sh", true)]
    [TestCase("systemctll", false)]
    [TestCase("/bin/systemctll", false)]
    [TestCase("./sh", false)]
    public void It_is_known_beforehand_whether_there_is_such_a_program(string program, bool isThere) => Assert.That(RunCommand.CanFind(program), Is.EqualTo(isThere));

    // One that has ended and whose parent has not looked yet is no longer running.
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !(OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].StartsWith('Z'));
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidOperationException)
        {
            return false;
        }
    }
}
