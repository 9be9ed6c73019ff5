using System.CommandLine;
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
            var file = FileOf(parsed.GetValue(session), parsed.GetValue(machine));
            return parsed.GetValue(release) ? Release(file) : Engage(file, new HaltOrder(parsed.GetValue(by), parsed.GetValue(why)) { At = DateTimeOffset.UtcNow });
        });
        return command;
    }

    private static string FileOf(string? session, bool isMachine)
    {
        if (isMachine && session is not null)
        {
            throw new UsageException("--session and --machine exclude each other.");
        }

        if (session is null)
        {
            return isMachine ? HaltOrder.OfThisMachine : Workspace.Current.HaltFile;
        }

        var folder = Path.Combine(Workspace.Current.Sessions, session);
        return session == Path.GetFileName(session) && Directory.Exists(folder) ? Path.Combine(folder, HaltOrder.FileName)
            : throw new UsageException($"There is no session '{session}' in {Workspace.Current.Sessions}.");
    }

    private static int Engage(string file, HaltOrder order)
    {
        Console.WriteLine(HaltOrder.Engage(file, order)
            ? $"Halted: what runs is being undone, and nothing starts while {file} is there. To take it back: chaos halt --release"
            : $"Halted already {HaltOrder.Find(file)}. Nothing starts while {file} is there.");
        return ExitCodes.Done;
    }

    private static int Release(string file)
    {
        Console.WriteLine(HaltOrder.Release(file) is { } order ? $"Released what was halted {order}." : $"Nothing was halted: there is no {file}.");
        return ExitCodes.Done;
    }
}
