using System.Diagnostics;
using System.Globalization;
using ChaosHarness.GameDay.Termination;
using ChaosHarness.GameDay.Termination.Files;

namespace ChaosHarness.Tool.Tests.Commands;

/// <summary>Random termination as whatever starts it each morning does. The programs are those of a shell.</summary>
[Platform(Exclude = "Win")]
public sealed class MonkeyCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private string _folder = "";

    private string Log => Path.Combine(_folder, "artifacts", "history", "terminations.jsonl");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("monkey-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_plan_is_printed_for_as_many_days_as_wanted_and_is_the_same_each_time()
    {
        Write("Mon-Sun 00:00-24:00 Asia/Kathmandu", "leashed: true\nseed: 3", "touch");
        var (exitCode, output, errors) = await RunAsync("--plan", "30");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Match(@"^(\w{3} \d{4}-\d\d-\d\d \d\d:\d\d  web  web-[12]\r?\n){28,30}\d\d in 30 days. It is leashed: nothing is terminated, and only noted what would have been.\r?\n$"));
        Assert.That((await RunAsync("--plan", "30")).Output, Is.EqualTo(output));
        Assert.That(Log, Does.Not.Exist);
        Assert.That((await RunAsync("--plan", "0")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        Write(Now(), "leashed: false", "touch");
        var (exitCode, output, errors) = await RunAsync("--dry-run");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Match(@"The check of outages is well.\r?\nweb: (would terminate web-[12] at \d\d:\d\d UTC|nothing today)\r?\n"));
        Assert.That((File.Exists(Log), File.Exists(Path.Combine(_folder, "terminated"))), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Without_its_file_or_with_a_mistake_in_it_nothing_is_done_and_the_file_is_named()
    {
        var (exitCode, _, errors) = await RunAsync();
        Assert.That((exitCode, errors), Is.EqualTo((2, $"There is no file {Path.Combine(_folder, "monkey.yaml")}. Name one with --config; docs/game-days.md shows what is in it.{Environment.NewLine}")));

        Write(Now(), "leashd: true", "touch");
        Assert.That((await RunAsync()).Errors, Does.Contain("monkey.yaml, line 1: There is no word 'leashd'."));

        Write(Now(), "freezes: gone.ics", "touch");
        (exitCode, _, errors) = await RunAsync();
        Assert.That((exitCode, errors), Is.EqualTo((2, $"Nothing is terminated, as nobody can say whether anything is frozen. The calendar {Path.Combine(_folder, "gone.ics")} cannot be read: there is no such file{Environment.NewLine}")));
    }

    [Test]
    public async Task One_instance_is_terminated_brought_back_and_recorded_once_a_day()
    {
        WriteForNow("echo \"$0\" >> terminated; touch \"down-$0\"");
        var (exitCode, output, errors) = await RunAsync();

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Match("UTC  web: terminating web-[12]\r?\n").And.Match("UTC  web: web-[12] was terminated: Passed"));
        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder, "artifacts", "journals")), Has.Exactly(1).Items);
        Assert.That(Path.Combine(_folder, "artifacts", "history", "ledger.db"), Does.Exist);
        Assert.That(Directory.EnumerateFiles(_folder, "down-*"), Is.Empty);

        Assert.That((await RunAsync()).Output, Does.Contain("Nothing more is planned for "));
        Assert.That(Terminated, Has.Length.EqualTo(1));
    }

    [Test, Platform("Linux")]
    public async Task Killed_half_way_it_does_not_terminate_twice_and_brings_back_what_it_left()
    {
        // What terminates also kills who started it, as the power that fails would.
        WriteForNow("echo \"$0\" >> terminated; touch \"down-$0\"; kill -9 $PPID; sleep 1");
        var (exitCode, output, _) = await RunAsync();
        Assert.That((exitCode, Terminated.Length), Is.EqualTo((137, 1)), output);
        // Its watchdog does, or the next start.
        (exitCode, output, var errors) = await RunAsync();
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("Nothing more is planned for "));
        Assert.That((Terminated.Length, Directory.EnumerateFiles(_folder, "down-*").Count()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Two_at_once_are_one_too_many()
    {
        WriteForNow("touch terminated");
        using var other = TerminationLog.Open(Log);
        var (exitCode, _, errors) = await RunAsync();

        Assert.That((exitCode, errors), Is.EqualTo((2, $"Another chaos monkey runs with {Log}: let it go on, or end it first.{Environment.NewLine}")));
        Assert.That((await RunAsync("--plan", "3")).ExitCode, Is.Zero, "a plan may be looked at meanwhile");
    }

    private string[] Terminated => File.Exists(Path.Combine(_folder, "terminated")) ? File.ReadAllLines(Path.Combine(_folder, "terminated")) : [];

    // Open since four minutes, for ten more.
    private static string Now()
    {
        var now = DateTimeOffset.UtcNow;
        return string.Create(CultureInfo.InvariantCulture, $"Mon-Sun {now.AddMinutes(-4):HH:mm}-{now.AddMinutes(10):HH:mm} UTC");
    }

    /// <summary>Writes a file whose seed wants a termination just now.</summary>
    private void WriteForNow(string script)
    {
        var now = DateTimeOffset.UtcNow;
        var hours = Now();
        for (var seed = 0; ; seed++)
        {
            Write(hours, $"leashed: false\nseed: {seed.ToString(CultureInfo.InvariantCulture)}", script);
            var settings = TerminationFile.Read(Path.Combine(_folder, "monkey.yaml"));
            var day = settings.Hours.DayOf(settings.Hours.TimesFrom(now).First().From);
            if (TerminationPlan.Of(settings, day, day.AddDays(1), new Dictionary<string, DateOnly>()).Any(planned => planned.At <= now && planned.At > now.AddMinutes(-3)))
            {
                return;
            }
        }
    }

    private void Write(string hours, string first, string script) => File.WriteAllText(Path.Combine(_folder, "monkey.yaml"), $$"""
        {{first}}
        environment: local
        hours: {{hours}}
        outage: { command: [test, -d, .git] }
        groups:
          - name: web
            mean-days: 1
            instances: [web-1, web-2]
            terminate: [sh, -c, '{{script}}', "{instance}"]
            restore: [rm, -f, "{{_folder}}/down-{instance}"]
            every: 50ms
        """);

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.Tool.dll"), "monkey", .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("CHAOSHARNESS_LEDGER");
        // The fault journals of this test alone.
        start.Environment["XDG_DATA_HOME"] = start.Environment["HOME"] = Path.Combine(_folder, "home");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await errors);
    }
}
