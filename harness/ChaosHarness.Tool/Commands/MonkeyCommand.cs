using System.CommandLine;
using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.GameDay.Calendars;
using ChaosHarness.GameDay.Termination;
using ChaosHarness.GameDay.Termination.Files;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Recording;
using ChaosHarness.Origins;
using ChaosHarness.Safety;
using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool.Commands;

/// <summary>Terminates instances by chance, as a file says.</summary>
internal static class MonkeyCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config") { Description = "What may be terminated, and when. Default: monkey.yaml in the folder of the repository." };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be done today: nothing is waited for, terminated or noted." };
        var plan = new Option<int?>("--plan") { Description = "Print what is planned for so many days, and do nothing.", HelpName = "days" };
        var state = new Option<FileInfo?>("--log") { Description = "What became of earlier terminations; keep it, or nobody knows when the last one was. Default: artifacts/history/terminations.jsonl." };
        var ledger = LedgerOption.Create();
        var command = new Command("monkey", "Terminates one instance of a group now and then, by chance, in working hours: does what is planned for today, each at its minute, then ends. Start it each morning. Exit code 0 when all of it passed, 1 otherwise.") { config, dry, plan, state, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = Workspace.Current;
            var settings = TerminationFile.Read(parsed.GetValue(config)?.FullName ?? Path.Combine(workspace.Folder, "monkey.yaml"));
            var log = parsed.GetValue(state)?.FullName ?? Path.Combine(workspace.History, "terminations.jsonl");
            try
            {
                return parsed.GetValue(plan) is { } days ? Print(settings, log, days)
                    : parsed.GetValue(dry) ? await RehearseAsync(settings, log, cancellationToken).ConfigureAwait(false)
                    : await RunAsync(workspace, settings, log, parsed.GetValue(ledger), cancellationToken).ConfigureAwait(false);
            }
            catch (UnreadableCalendarException exception)
            {
                throw new UsageException($"Nothing is terminated, as nobody can say whether anything is frozen. {exception.Message}");
            }
        });
        return command;
    }

    private static int Print(TerminationSettings settings, string path, int days)
    {
        if (days is < 1 or > 3660)
        {
            throw new UsageException("--plan takes a number of days from 1 to 3660, such as --plan 30.");
        }

        using var log = TerminationLog.Read(path);
        var planned = Upcoming.Of(settings, log, DateTimeOffset.UtcNow, days);
        foreach (var one in planned)
        {
            Console.WriteLine($"{Upcoming.Clock(settings, one.At)}  {one.Group.Name}{(one.Group.Instances is { } instances ? "  " + (TerminationPlan.Choose(settings, one, instances) ?? "nothing: every instance is excepted") : "")}");
        }

        var what = !settings.IsEnabled ? "Nothing of it happens while enabled is false."
            : settings.IsLeashed ? "It is leashed: nothing is terminated, and only noted what would have been."
            : "Each is looked at again when it is due: calendar, outage, instances.";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{planned.Count} in {days} days. {what}"));
        return ExitCodes.Done;
    }

    private static async Task<int> RehearseAsync(TerminationSettings settings, string path, CancellationToken cancellationToken)
    {
        using var log = TerminationLog.Read(path);
        await new RandomTermination(settings, log, new RunnerOptions(), Console.WriteLine).RehearseAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(Workspace workspace, TerminationSettings settings, string path, string? ledger, CancellationToken cancellationToken)
    {
        using var log = TerminationLog.Open(path);
        var options = Options(workspace, ledger);
        // The next termination, whose run would do it first of all, may be days away.
        foreach (var left in await LeftoverFaults.RevertAsync(options.FaultJournalFolder, KnownReverters.All, options.Limits, options.Time, cancellationToken).ConfigureAwait(false))
        {
            Say(left.Problem is { } problem ? $"A killed run left '{left.Fault}', which could not be undone: {problem}" : $"A killed run left '{left.Fault}': undone.");
        }

        var isWell = await new RandomTermination(settings, log, options, Say).RunTodayAsync(cancellationToken).ConfigureAwait(false);
        return isWell ? ExitCodes.Done : ExitCodes.NotAllPassed;
    }

    private static RunnerOptions Options(Workspace workspace, string? ledger)
    {
        var journals = Path.Combine(workspace.Artifacts, "journals");
        var recording = new RecorderSettings
        {
            BaseFolder = workspace.Folder,
            JournalFolder = journals,
            Ledger = ledger ?? Environment.GetEnvironmentVariable(RecorderSettings.LedgerVariable),
            Warn = text => Console.Error.WriteLine(text),
        };
        var usual = new RunnerOptions();
        return usual with
        {
            Safety = usual.Safety with { HaltFiles = [workspace.HaltFile, .. usual.Safety.HaltFiles] },
            Recorders = [new JournalRecorder(journals), new LedgerRecording().Create(recording)],
            Leases = [.. usual.Leases, .. new[] { new LedgerRecording().CreateLease(recording) }.OfType<ISystemLease>()],
            Origin = RunOrigin.Here(workspace.Folder),
        };
    }

    // It stands in the log of whatever starts it each morning.
    private static void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss} UTC  {TerminalText.Of(line)}"));
}
