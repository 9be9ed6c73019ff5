using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Safety.Watchdogs;
using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool.Commands;

/// <summary>What killed runs left broken on this machine: seen, undone, or forgotten once a person has undone it.</summary>
internal static class FaultsCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--journals") { Description = "The folder of fault journals, as Chaos.FaultJournalFolder says. Default: that of this user.", DefaultValueFactory = _ => new DirectoryInfo(new RunnerOptions().FaultJournalFolder), Recursive = true };
        return new Command("faults", "What runs left broken that were killed, or that could not undo it.") { List(folder), Revert(folder), Discard(folder), folder };
    }

    private static Command List(Option<DirectoryInfo> folder)
    {
        var command = new Command("list", "Lists them, the newest first, with what a person does about each. Changes nothing. Exit code 0 when there are none, 1 otherwise.");
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder).FullName;
            var faults = LeftoverFaults.Find(path, TimeProvider.System);
            foreach (var watchdog in WatchdogState.Find(path))
            {
                Console.WriteLine(IsThere(watchdog.Owner)
                    ? string.Create(CultureInfo.InvariantCulture, $"Watched: should process {watchdog.Owner} be killed, process {watchdog.Id} undoes what that leaves here. It is there since {watchdog.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
                    : string.Create(CultureInfo.InvariantCulture, $"Process {watchdog.Owner} is gone, and process {watchdog.Id} undoes what it left here."));
            }

            foreach (var fault in faults)
            {
                Print(fault);
                Console.WriteLine($"  by hand: {TerminalText.Of(fault.Problem ?? "nothing is known of how to undo it")}");
            }

            Console.WriteLine(faults.Count == 0 ? $"Nothing is left broken, says {path}." : "`chaos faults revert` undoes them; `chaos faults discard ID` forgets one that a person has undone.");
            return faults.Count == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;
        });
        return command;
    }

    private static Command Revert(Option<DirectoryInfo> folder)
    {
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be undone, and undo nothing." };
        var command = new Command("revert", "Undoes all of them, from what their runs noted before they took effect. Exit code 0 when nothing is left, 1 otherwise.") { dry };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(folder).FullName;
            if (parsed.GetValue(dry))
            {
                var found = LeftoverFaults.Find(path, TimeProvider.System);
                foreach (var fault in found)
                {
                    Print(fault);
                }

                Console.WriteLine(found.Count == 0 ? "Nothing would be undone." : "All of these would be undone.");
                return ExitCodes.Done;
            }

            var faults = await LeftoverFaults.RevertAsync(path, KnownReverters.All, new CallLimits(), TimeProvider.System, cancellationToken);
            foreach (var fault in faults)
            {
                Print(fault);
                Console.WriteLine(fault.Problem is { } problem ? $"  not undone: {TerminalText.Of(problem)}" : "  undone");
            }

            var left = faults.Count(fault => fault.Problem is not null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{faults.Count - left} undone, {left} left."));
            return left == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;
        });
        return command;
    }

    private static Command Discard(Option<DirectoryInfo> folder)
    {
        var ids = new Argument<string[]>("id") { Description = "The ids of the faults, as the list has them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("discard", "Forgets faults that a person has undone, or that are no more: they block no run from then on.") { ids };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(folder).FullName;
            var unknown = new List<string>();
            foreach (var id in parsed.GetRequiredValue(ids))
            {
                if (!await TryDiscardAsync(path, id, cancellationToken))
                {
                    unknown.Add(id);
                }
            }

            if (unknown.Count == 0)
            {
                return ExitCodes.Done;
            }

            Console.Error.WriteLine($"{path} has no fault {string.Join(", ", unknown.Select(TerminalText.Of))}, or a run that still goes on has it, or a watchdog that is undoing it. `chaos faults list` has their ids.");
            return ExitCodes.WrongUse;
        });
        return command;
    }

    private static async Task<bool> TryDiscardAsync(string folder, string id, CancellationToken cancellationToken)
    {
        var discarded = LeftoverFaults.Discard(folder, id, TimeProvider.System);
        // A watchdog that cannot undo it has its journal most of the time, and lets go of it between two attempts.
        var since = TimeProvider.System.GetTimestamp();
        while (discarded is null && LeftoverFaults.Find(folder, TimeProvider.System).Any(fault => fault.IsBeingUndone) && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(Pause, cancellationToken);
            discarded = LeftoverFaults.Discard(folder, id, TimeProvider.System);
        }

        if (discarded is not null)
        {
            Console.WriteLine($"Forgotten: {TerminalText.Of(discarded.Fault)}");
        }

        return discarded is not null;
    }

    private static bool IsThere(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Print(LeftoverFault fault) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{TerminalText.Of(fault.Id)}  {fault.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  {TerminalText.Of(fault.Fault)}{(fault.Targets.Count > 0 ? " on " + TerminalText.Of(string.Join(", ", fault.Targets)) : "")}{(fault.System is { } system ? " of " + TerminalText.Of(system) : "")}"));
}
