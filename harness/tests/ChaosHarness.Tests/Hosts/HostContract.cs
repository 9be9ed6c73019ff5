using System.Diagnostics;
using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Hosts;

/// <summary>What every host has to do, whichever kind it is.</summary>
[Platform("Linux")]
public abstract class HostContract
{
    /// <summary>The host.</summary>
    protected abstract IHost Host { get; }

    /// <summary>A folder of this machine, which has the same path there.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("host-").FullName;

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(Folder, recursive: true);

    [Test]
    public async Task A_program_gets_its_arguments_as_they_are_and_says_how_it_ended()
    {
        var result = await RunAsync(new HostCommand("printf", "%s|", "", "a b", "$HOME", "it's", "x\ny", "grüße", "exit 3; echo"));

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((0, "|a b|$HOME|it's|x\ny|grüße|exit 3; echo|", "")));
    }

    [Test]
    public async Task Output_and_errors_come_apart_with_the_exit_code()
    {
        var result = await RunAsync(HostCommand.Script("printf out; printf err >&2; exit 7"));

        Assert.That((result.ExitCode, result.Output, result.Error, result.IsSuccess), Is.EqualTo((7, "out", "err", false)));
    }

    [Test]
    public async Task A_program_that_is_not_there_is_exit_code_127() =>
        Assert.That((await RunAsync(new HostCommand("no-such-program"))).ExitCode, Is.EqualTo(127));

    [TestCase("exit")]
    [TestCase("cd")]
    [TestCase("exec")]
    public async Task What_is_a_word_of_the_shell_and_no_program_cannot_be_run(string word)
    {
        Assert.That((await RunAsync(new HostCommand(word, "3"))).ExitCode, Is.Not.Zero);
        Assert.That((await RunAsync(new HostCommand("true"))).ExitCode, Is.Zero, "the host goes on");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(300_000)]
    public async Task A_program_reads_what_it_is_given(int length)
    {
        var input = string.Concat(Enumerable.Repeat("'x\n$", length / 4 + 1))[..length];
        var result = await RunAsync(new HostCommand("cat") { Input = input, MostOutput = 1_000_000 });

        Assert.That(result.Output, Is.EqualTo(input));
    }

    [Test]
    public async Task A_program_that_reads_nothing_of_what_it_is_given_ends_all_the_same() =>
        Assert.That((await RunAsync(new HostCommand("true") { Input = new string('x', 1_000_000) })).ExitCode, Is.Zero);

    [Test]
    public async Task Of_much_output_the_beginning_is_kept_and_it_says_so()
    {
        var result = await RunAsync(HostCommand.Script("head -c 5000000 /dev/zero | tr '\\0' x; echo y >&2") with { MostOutput = 1000 });

        Assert.That((result.Output, result.IsOutputCut, result.Error, result.IsErrorCut), Is.EqualTo((new string('x', 1000), true, "y\n", false)));
        Assert.That((await RunAsync(new HostCommand("echo", "next"))).Output, Is.EqualTo("next\n"), "nothing of it is left");
    }

    [Test]
    public async Task Output_that_looks_like_anything_is_output()
    {
        var result = await RunAsync(HostCommand.Script("printf '\\nchaos-0123-4 0\\n\\0\\377'"));

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((0, "\nchaos-0123-4 0\n\0\ufffd")));
    }

    [Test]
    public void What_takes_too_long_is_ended_with_all_that_it_started()
    {
        var file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        var began = Stopwatch.GetTimestamp();

        Assert.That(async () => await RunAsync(HostCommand.Script("(while :; do echo x >> \"$1\"; sleep 0.05; done) & wait", file) with { Limit = TimeSpan.FromSeconds(1) }),
            Throws.TypeOf<HostException>().With.Message.Contains("1s"));

        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(() => IsStill(file), Is.True.After(10_000, 100));
    }

    [Test]
    public async Task A_command_that_is_cancelled_is_ended()
    {
        var file = Path.Combine(Folder, Guid.NewGuid().ToString("N"));
        using var cancelled = new CancellationTokenSource();
        var running = Host.RunAsync(HostCommand.Script("while :; do echo x >> \"$1\"; sleep 0.05; done", file), cancelled.Token).AsTask();
        Assert.That(() => File.Exists(file), Is.True.After(10_000, 10));

        await cancelled.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => IsStill(file), Is.True.After(10_000, 100));
    }

    [Test]
    public async Task What_stays_in_the_background_keeps_nobody_waiting()
    {
        var began = Stopwatch.GetTimestamp();
        var result = await RunAsync(HostCommand.Script("sleep 20 & echo started"));

        Assert.That(result.Output, Is.EqualTo("started\n"));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Commands_run_side_by_side()
    {
        var began = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => RunAsync(HostCommand.Script("sleep 1; echo $1", $"{number}"))));

        Assert.That(results.Select(result => result.Output), Is.EqualTo(new[] { "0\n", "1\n", "2\n", "3\n" }));
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(3.9)));
    }

    [Test]
    public void A_character_that_no_program_can_be_given_is_refused() =>
        Assert.That(async () => await RunAsync(new HostCommand("echo", "a\0b")), Throws.ArgumentException.With.Message.Contains("character 0"));

    private async Task<CommandResult> RunAsync(HostCommand command) => await Host.RunAsync(command, CancellationToken.None);

    private static bool IsStill(string file)
    {
        var length = new FileInfo(file).Length;
        Thread.Sleep(300);
        return new FileInfo(file).Length == length;
    }
}
