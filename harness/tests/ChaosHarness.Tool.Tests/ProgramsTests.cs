using System.Diagnostics;

namespace ChaosHarness.Tool.Tests;

/// <summary>Programs whose output goes into a log.</summary>
[Platform("Linux")]
public sealed class ProgramsTests
{
    [Test]
    public async Task A_log_that_cannot_be_written_keeps_no_program_from_its_end()
    {
        var code = await Programs.LogAsync(new ProcessStartInfo("bash", ["-c", "head -c 800000 /dev/zero | tr '\\0' 'x' | fold; exit 7"]), "/dev/full").WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(code, Is.EqualTo(7));
    }

    [Test]
    public async Task What_a_program_leaves_behind_holds_nobody_up()
    {
        var file = Path.GetTempFileName();
        var start = TimeProvider.System.GetTimestamp();

        Assert.That(await Programs.LogAsync(new ProcessStartInfo("bash", ["-c", "echo told; sleep 30 & exit 0"]), file), Is.Zero);

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("told\n"));
        File.Delete(file);
    }

    [TestCase("bogus")]
    [TestCase("gate", "--max-regression", "abc")]
    [TestCase("open", "--port", "abc")]
    public async Task A_wrong_command_line_is_wrong_use_and_no_failed_experiment(params string[] arguments) =>
        Assert.That((await Commands.ChaosProgram.RunAsync(Path.GetTempPath(), arguments)).ExitCode, Is.EqualTo(2));
}
