using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ChaosHarness.Tool.Drills;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>A whole drill: build, break, measure, report.</summary>
internal static class DrillCommand
{
    public static Command Create()
    {
        var profile = new Argument<string>("profile") { Description = "The kind of drill: the name of a file in runsettings.", DefaultValueFactory = _ => "nightly" };
        var project = new Option<string?>("--project") { Description = "The project of experiments. Default: the one here, or the only one in the repository." };
        var built = new Option<bool>("--no-build") { Description = "Take what is built already." };
        var plain = new Option<bool>("--no-allure") { Description = "Make our own pages alone, without the Allure site." };
        var more = new Argument<string[]>("arguments") { Description = "After --: more arguments for dotnet test, such as --filter.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("drill", "Runs the experiments of a profile, builds the report, prints a line an experiment. Exit code 0 only when all passed.") { profile, project, built, plain, more };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(profile), parsed.GetValue(project), (parsed.GetValue(built), parsed.GetValue(plain)), parsed.GetValue(more) ?? [], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string profileName, string? projectName, (bool IsBuilt, bool IsPlain) options, string[] more, CancellationToken cancellationToken)
    {
        if (Programs.Find("dotnet") is null)
        {
            await Console.Error.WriteLineAsync("Missing: the .NET SDK. Install it, then run this again: https://dotnet.microsoft.com/download").ConfigureAwait(false);
            return ExitCodes.SomethingMissing;
        }

        var workspace = Workspace.Current;
        var project = TestProject.Find(workspace, projectName);
        var settings = DrillProfile.Find(workspace, project, profileName);
        if (!options.IsBuilt)
        {
            // Two drills at once would write the same files.
            using (await workspace.LockAsync("build", cancellationToken).ConfigureAwait(false))
            {
                await Console.Error.WriteLineAsync($"Building {Workspace.Shown(project.Path)}").ConfigureAwait(false);
                if (await Programs.RunAsync(new ProcessStartInfo("dotnet", ["build", project.Path, "--nologo", "--verbosity", "quiet", "-clp:NoSummary"])).ConfigureAwait(false) != 0)
                {
                    return ExitCodes.WrongUse;
                }
            }
        }

        var session = DrillSession.Begin(workspace);
        // An interrupt of the terminal reaches the tests themselves, which undo what they did; what they leave is reported on.
        var tests = await TestAsync(session, project, settings, more).ConfigureAwait(false);
        // What was interrupted has results too. A failed test must not keep the report from being built; a session that ended half way must not pass on what it finished.
        await SummaryCommand.PublishAsync(workspace, session, options.IsPlain ? SiteKind.None : SiteKind.Appended).ConfigureAwait(false);
        // The scorecard tells of all runs; that it cannot be made says nothing of this one.
        await ReportCommand.TryWriteScorecardAsync(workspace).ConfigureAwait(false);
        var table = await SummaryCommand.PrintAsync(workspace, session, null).ConfigureAwait(false);
        return table != ExitCodes.Done ? table : tests == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;
    }

    private static async Task<int> TestAsync(DrillSession session, TestProject project, string settings, string[] more)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        return await session.TestAsync(project, settings, more).ConfigureAwait(false);
    }
}
