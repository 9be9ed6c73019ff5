using System.CommandLine;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>The lever that stops everything: what runs is undone, and nothing starts until it is released.</summary>
internal static class HaltCommand
{
    public static Command Create()
    {
        var why = new Option<string?>("--why") { Description = "Why; it stands in the record of every run that is halted." };
        var by = new Option<string>("--by") { Description = "Who. Default: the user of this machine.", DefaultValueFactory = _ => Environment.UserName };
        var session = new Option<string?>("--session") { Description = "Only one session: a folder below artifacts/sessions." };
        var machine = new Option<bool>("--machine") { Description = "Everything of this user on this machine, whichever repository it is of." };
        var release = new Option<bool>("--release") { Description = "Take the order back: experiments may run again." };
        var command = new Command("halt", "Halts the experiments of this repository within a tenth of a second: what they broke is undone, and nothing starts until the order is taken back.") { why, by, session, machine, release };
        command.SetAction(parsed =>
        {
            var (files, options) = Places(parsed.GetValue(session), parsed.GetValue(machine));
            var code = ExitCodes.Done;
            foreach (var file in files)
            {
                try
                {
                    Console.WriteLine(parsed.GetValue(release) ? Release(file) : Engage(file, new HaltOrder(parsed.GetValue(by), parsed.GetValue(why)) { At = DateTimeOffset.UtcNow }, options));
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // Whoever halts has no time to look for another way, and every other place is worth trying.
                    code = ExitCodes.WrongUse;
                    Console.Error.WriteLine(parsed.GetValue(release)
                        ? $"NOT RELEASED: {file} cannot be removed: {exception.Message} Nothing starts while it is there."
                        : $"NOT HALTED: {file} cannot be written: {exception.Message} Halt everything of this user instead: chaos halt --machine. Or interrupt the tests themselves: they undo what they did.");
                }
            }

            if (!parsed.GetValue(release) && LeftoverFaults.Find(new RunnerOptions().FaultJournalFolder, TimeProvider.System) is { Count: > 0 } left)
            {
                Console.WriteLine($"Left broken by earlier runs: {string.Join(", ", left.Select(fault => TerminalText.Of(fault.Fault)))}. To undo it: chaos faults revert");
            }

            return code;
        });
        return command;
    }

    private static (IReadOnlyList<string> Files, string Options) Places(string? session, bool isMachine)
    {
        if (isMachine && session is not null)
        {
            throw new UsageException("--session and --machine exclude each other.");
        }

        if (isMachine)
        {
            return ([HaltOrder.OfThisMachine], " --machine");
        }

        if (session is null)
        {
            return ([.. Workspace.Here.Select(workspace => workspace.HaltFile)], "");
        }

        var isName = session == Path.GetFileName(session) && session.Trim('.').Length > 0;
        var found = Workspace.Here.Select(workspace => Path.Combine(workspace.Sessions, session)).Where(folder => isName && Directory.Exists(folder)).Select(folder => Path.Combine(folder, HaltOrder.FileName)).ToList();
        return found.Count > 0 ? (found, $" --session {session}") : throw new UsageException($"There is no session '{session}' in {Workspace.Current.Sessions}.");
    }

    private static string Engage(string file, HaltOrder order, string options) => HaltOrder.Engage(file, order)
        ? $"Halted: what runs is being undone, and nothing starts while {file} is there. To take it back: chaos halt --release{options}"
        : $"Halted already {HaltOrder.Find(file)}. Nothing starts while {file} is there.";

    private static string Release(string file) => HaltOrder.Release(file) is { } order ? $"Released what was halted {order}".TrimEnd() + "." : $"Nothing was halted: there is no {file}.";
}
