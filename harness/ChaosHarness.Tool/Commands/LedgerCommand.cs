using System.CommandLine;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Exporting;
using ChaosHarness.Ledger.Importing;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Tool.Commands;

/// <summary>Brings runs into a ledger and out of it, and ledgers up to date.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        return new Command("ledger", "Imports and exports runs, says whether any was changed, brings ledgers of earlier versions up to date, and frees systems.") { Import(ledger), Export(ledger), LedgerVerifyCommand.Create(ledger), Migrate(ledger), Leases(ledger), Release(ledger) };
    }

    private static Command Import(Option<string?> ledger)
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder of journals." };
        var command = new Command("import", "Imports a folder of journals. Those already there are passed over; those that cannot be read are named and skipped.") { folder, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(folder).FullName;
            if (!Directory.Exists(path))
            {
                await Console.Error.WriteLineAsync($"There is no folder {path}.");
                return 2;
            }

            await using var opened = await LedgerOption.OpenAsync(parsed.GetValue(ledger), cancellationToken);
            var report = await JournalImport.RunAsync(opened, path, cancellationToken);
            foreach (var skipped in report.Skipped)
            {
                await Console.Error.WriteLineAsync($"Skipped {skipped.Path}: {skipped.Reason}");
            }

            Console.WriteLine($"{report}.");
            return 0;
        });
        return command;
    }

    private static Command Migrate(Option<string?> ledger)
    {
        var command = new Command("migrate", "Brings a ledger of an earlier version up to date, a shared one too. Earlier versions can no longer write to it then; they keep their journals.") { ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LedgerOption.RequireWritten(parsed.GetValue(ledger));
            var address = LedgerOption.Read(parsed.GetValue(ledger));
            await Console.Error.WriteLineAsync($"Bringing {address} up to date. It takes up to two and a half times its size meanwhile; if it is interrupted, nothing is changed.");
            await RunLedger.MigrateAsync(address, cancellationToken);
            Console.WriteLine($"{address} is up to date.");
            return 0;
        });
        return command;
    }

    private static Command Leases(Option<string?> ledger)
    {
        var command = new Command("leases", "Lists the systems that runs have now, and those that a run left broken, on whichever machine it was. Exit code 0 when nothing was left, 1 otherwise.") { ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var leases = await LedgerLease.AllAsync(opened, cancellationToken);
            foreach (var lease in leases)
            {
                Console.WriteLine($"{TerminalText.Of(lease.System)}  {(lease.IsHeld ? $"held by {TerminalText.Of(lease.Holder)}, for {DurationText.Format(lease.Left)} unless it is renewed" : $"left broken by {TerminalText.Of(lease.Holder)}")}");
                if (lease.LeftBehind.Length > 0)
                {
                    Console.WriteLine($"  {TerminalText.Of(lease.LeftBehind)}");
                }
            }

            var left = leases.Count(lease => !lease.IsHeld);
            Console.WriteLine(left > 0 ? "`chaos faults revert` on that machine undoes what can be undone; `chaos ledger release SYSTEM` frees what a person has put right." : $"No system that {opened.Address} knows was left broken.");
            return left == 0 ? ExitCodes.Done : ExitCodes.NotAllPassed;
        });
        return command;
    }

    private static Command Release(Option<string?> ledger)
    {
        var system = new Argument<string>("system") { Description = "The system, as the refused run names it, such as 'shop in staging'." };
        var command = new Command("release", "Frees a system for runs, whoever has it and whatever was left broken on it. A run that has it is halted.") { system, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            if (await LedgerLease.FreeAsync(opened, parsed.GetRequiredValue(system), cancellationToken))
            {
                Console.WriteLine($"{parsed.GetValue(system)} is free.");
                return 0;
            }

            await Console.Error.WriteLineAsync($"{opened.Address} knows no system '{parsed.GetValue(system)}'.");
            return 2;
        });
        return command;
    }

    private static Command Export(Option<string?> ledger)
    {
        var format = new Option<string>("--format") { Description = "jsonl or csv.", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "csv");
        var output = new Option<FileInfo?>("--output") { Description = "The file. Default: the standard output." };
        var command = new Command("export", "Writes every run, the oldest first.") { format, output, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            if (parsed.GetValue(output) is { Directory: { Exists: false } missing } wanted)
            {
                throw new UsageException($"{wanted.FullName} cannot be written: there is no folder {missing.FullName}. Make it, or name another file by --output.");
            }

            await using var stream = new BufferedStream(parsed.GetValue(output) is { } file ? file.Create() : Console.OpenStandardOutput());
            var runs = parsed.GetRequiredValue(format) == "csv"
                ? await LedgerExport.WriteCsvAsync(opened, stream, cancellationToken)
                : await LedgerExport.WriteJsonLinesAsync(opened, stream, cancellationToken);
            await Console.Error.WriteLineAsync($"{runs} runs.");
            return 0;
        });
        return command;
    }
}
