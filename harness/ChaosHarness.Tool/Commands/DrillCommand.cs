using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChaosHarness.Experiments;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using ChaosHarness.Tool.Drills;
using ChaosHarness.Tool.Reports;
using Spectre.Console;

namespace ChaosHarness.Tool.Commands;

/// <summary>A whole drill: build, break, measure, report.</summary>
internal static class DrillCommand
{
    private const string Nightly = "nightly";
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var profile = new Argument<string>("profile") { Description = "The kind of drill: the name of a file in runsettings.", DefaultValueFactory = _ => Nightly };
        var project = new Option<string?>("--project") { Description = "The project of experiments. Default: the one here, or the only one in the repository." };
        var built = new Option<bool>("--no-build") { Description = "Take what is built already." };
        var plain = new Option<bool>("--no-allure") { Description = "Make our own pages alone, without the Allure site." };
        var lines = new Option<bool>("--lines") { Description = "On a terminal too, print what the tests print instead of the live view." };
        var go = new Option<string?>("--go-by") { Description = "Who gives the go in advance, where the profile asks a person for it before anything is broken (Chaos.Go)." };
        var system = new SystemDrillOptions();
        var more = new Argument<string[]>("arguments") { Description = "After --: more arguments for dotnet test, such as --filter.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("drill", "Runs the experiments of a profile, builds the report, prints a line an experiment. Exit code 0 only when all passed.") { profile, project, built, plain, lines, go, more };
        system.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(go) is { } by)
            {
                if (string.IsNullOrWhiteSpace(by))
                {
                    throw new UsageException("Say who gives the go: --go-by NAME.");
                }

                Environment.SetEnvironmentVariable(GoRequirement.Variable, by);
            }

            if (parsed.GetValue(system.System) is { } file)
            {
                return system.RunAsync(parsed, file, parsed.GetResult(profile) is { Implicit: false } ? parsed.GetValue(profile) : null, parsed.GetValue(plain), cancellationToken);
            }

            system.RequireNone(parsed);
            var words = Words(parsed.GetRequiredValue(profile), parsed.GetValue(more) ?? [], parsed.Tokens);
            return RunAsync(words.Profile, parsed.GetValue(project), (parsed.GetValue(built), parsed.GetValue(plain), !parsed.GetValue(lines)), words.More, cancellationToken);
        });
        return command;
    }

    // The parser gives the profile the first word, also one that comes after --.
    private static (string Profile, string[] More) Words(string profile, string[] more, IReadOnlyList<Token> tokens)
    {
        string[] after = [.. tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Select(token => token.Value)];
        if (after.Length > more.Length)
        {
            return (Nightly, after);
        }

        var isFlag = profile.StartsWith('-');
        return after.Length == more.Length && !isFlag ? (profile, after)
            : throw new UsageException($"'{(isFlag ? profile : more[0])}' is no word for a drill. Arguments for dotnet test come after --, such as: chaos drill {(isFlag ? Nightly : profile)} -- --filter Name~failover");
    }

    private static async Task<int> RunAsync(string profileName, string? projectName, (bool IsBuilt, bool IsPlain, bool IsLive) options, string[] more, CancellationToken cancellationToken)
    {
        if (Programs.Find("dotnet") is null)
        {
            await Console.Error.WriteLineAsync("Missing: the .NET SDK. Install it, then run this again: https://dotnet.microsoft.com/download").ConfigureAwait(false);
            return ExitCodes.SomethingMissing;
        }

        var project = TestProject.Find(Workspace.Current, projectName);
        var workspace = Workspace.TurnTo(project);
        var settings = DrillProfile.Find(workspace, project, profileName);
        DrillSession? session = null;
        var interrupted = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Halt);
        using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Halt);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Halt);
        if (!options.IsBuilt)
        {
            // Two drills at once would write the same files.
            using (await workspace.LockAsync("build", cancellationToken).ConfigureAwait(false))
            {
                await Console.Error.WriteLineAsync($"Building {Workspace.Shown(project.Path)}").ConfigureAwait(false);
                var build = Programs.RunAsync(new ProcessStartInfo("dotnet", ["build", project.Path, "--nologo", "--verbosity", "quiet", "-clp:NoSummary"]));
                await TellAsync(build).ConfigureAwait(false);
                if (await build.ConfigureAwait(false) != 0 && !interrupted)
                {
                    return ExitCodes.WrongUse;
                }
            }
        }

        session = DrillSession.Begin(workspace);
        if (interrupted)
        {
            Lines.Write("Interrupted before anything was broken.");
            return ExitCodes.NotAllPassed;
        }

        // They undo what they did, and are waited for; what they leave is reported on.
        var tests = await TestAsync(session, (project, profileName, settings), options.IsLive && CanShow, more, cancellationToken).ConfigureAwait(false);
        // What was interrupted has results too. A failed test must not keep the report from being built; a session that ended half way must not pass on what it finished.
        await SummaryCommand.BuildAsync(workspace, session, options.IsPlain ? SiteKind.None : SiteKind.Appended).ConfigureAwait(false);
        // The scorecard tells of all runs; that it cannot be made says nothing of this one.
        var scorecard = await ReportCommand.TryWriteScorecardAsync(workspace, session).ConfigureAwait(false);
        var table = await SummaryCommand.FinishAsync(workspace, session, null, scorecard, prints: session.HasResults || !interrupted).ConfigureAwait(false);
        if (interrupted)
        {
            Lines.Write($"Interrupted: what was under way was halted, and is in the ledger as such. {Leftovers(settings)}");
            return ExitCodes.NotAllPassed;
        }

        if (table == ExitCodes.Done && tests != 0)
        {
            Lines.Write(string.Create(CultureInfo.InvariantCulture, $"All the same dotnet test ended with exit code {tests}: a test that is no experiment failed, or the session was cut short. Its own words: {(File.Exists(session.Log) ? session.Log : "above")}"));
        }

        return table != ExitCodes.Done ? table : tests == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;

        // An interrupt of the terminal reaches the tests by itself; a signal to this process alone reaches them by an order to halt.
        void Halt(PosixSignalContext signal)
        {
            signal.Cancel = interrupted = true;
            if (session is not null)
            {
                TryHalt(session, signal.Signal);
            }
        }
    }

    // A first build takes a minute or two in which it says nothing.
    private static async Task TellAsync(Task build)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await Task.WhenAny(build, Task.Delay(Silence)).ConfigureAwait(false) != build)
        {
            await Console.Error.WriteLineAsync($"  still building, {DurationText.Format(TimeSpan.FromSeconds(Math.Round(TimeProvider.System.GetElapsedTime(start).TotalSeconds)))}").ConfigureAwait(false);
        }
    }

    private static void TryHalt(DrillSession session, PosixSignal signal)
    {
        try
        {
            HaltOrder.Engage(session.HaltFile, new HaltOrder(Environment.UserName, $"chaos drill received {signal}") { At = DateTimeOffset.UtcNow });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The tests could not be told to halt: {exception.Message}");
        }
    }

    private static string Leftovers(string settings)
    {
        var folder = DrillProfile.FaultJournals(settings) ?? new RunnerOptions().FaultJournalFolder;
        var left = LeftoverFaults.Find(folder, TimeProvider.System);
        return left.Count == 0
            ? "Nothing is left broken."
            : $"Left broken: {string.Join(", ", left.Select(fault => fault.Fault))}. To undo it: chaos faults revert --journals \"{folder}\"";
    }

    // A log and a pipe get lines.
    private static bool CanShow => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };

    private static async Task<int> TestAsync(DrillSession session, (TestProject Project, string Profile, string Settings) tests, bool isLive, string[] more, CancellationToken cancellationToken)
    {
        if (!isLive)
        {
            return await session.TestAsync(tests.Project, tests.Settings, more).ConfigureAwait(false);
        }

        // Of a part of the experiments nobody knows how many there will be.
        var isPart = more.Any(argument => argument.StartsWith("--filter", StringComparison.Ordinal));
        var state = new LiveState(isPart ? DrillPlan.Unknown : await DrillPlan.ReadAsync(() => LedgerOption.OpenAsync(null, cancellationToken), tests.Profile, cancellationToken).ConfigureAwait(false));
        var drill = session.TestUnseenAsync(tests.Project, tests.Settings, more);
        await LiveView.ShowAsync(AnsiConsole.Console, tests.Profile, new LiveTail(session.Feed), state, drill, () => SessionBoard.In(session.Folder) is [var board, ..] ? board.Address : null).ConfigureAwait(false);
        if (!session.HasResults)
        {
            // Whatever kept the tests from running stands there and nowhere else.
            await Console.Error.WriteLineAsync(File.Exists(session.Log) ? await File.ReadAllTextAsync(session.Log, CancellationToken.None).ConfigureAwait(false) : $"Nothing could be written to {session.Log}.").ConfigureAwait(false);
        }

        return await drill.ConfigureAwait(false);
    }
}
