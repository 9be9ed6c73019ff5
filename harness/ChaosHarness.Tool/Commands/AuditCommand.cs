using System.CommandLine;
using System.Reflection;
using ChaosHarness.Reports.Audits;
using ChaosHarness.Safety;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>Packs all that is kept of runs for who has to be shown it.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var runs = new Argument<string[]>("run") { Description = "The runs, by their ids.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<DirectoryInfo?>("--output") { Description = "The folder in which each run has a folder of its own. Default: artifacts/audit." };
        var journals = RunJournals.Option();
        var replace = new Option<bool>("--replace") { Description = "Write a pack anew where there is one already." };
        var command = new Command("audit", "Packs what is kept of runs, a folder each: a report on A4 of plan, people, steps, actuals, data, deviations, findings and place in the ledger; the journal, the board, the retrospective; and a manifest with the hash of every file.") { AuditVerifyCommand.Create(), runs, output, journals, replace, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = RunJournals.Of(parsed.GetValue(journals));
            var folder = parsed.GetValue(output)?.FullName ?? Path.Combine(Workspace.Current.Artifacts, "audit");
            // What is asked for wrongly is told before anything is written.
            var asked = parsed.GetRequiredValue(runs).Distinct(StringComparer.Ordinal).Select(id => (Id: id, Read: found.ReadWhole(id))).ToList();
            foreach (var (id, _) in asked)
            {
                Refuse(Path.Combine(folder, id), parsed.GetValue(replace));
            }

            var (opened, why) = await DrilledRuns.OpenAsync(parsed.GetValue(ledger), cancellationToken);
            await using (opened)
            {
                foreach (var (id, (record, journal)) in asked)
                {
                    var drilled = await DrilledRuns.OfAsync(record, opened, why, cancellationToken);
                    var audited = new AuditedRun(drilled, opened is null ? null : await LedgerPlace.FindAsync(opened, record, cancellationToken), Version);
                    Tell(await WriteAsync(Path.Combine(folder, id), audited, journal, found.Folder, cancellationToken));
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Version { get; } = $"chaos {Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version"}";

    private static void Refuse(string folder, bool replaces)
    {
        if (!Path.Exists(folder))
        {
            return;
        }

        if (!replaces)
        {
            throw new UsageException($"{Workspace.Shown(folder)} is there already. --replace writes it anew, --output names another folder.");
        }

        if (!File.Exists(Path.Combine(folder, Manifest.FileName)))
        {
            throw new UsageException($"{Workspace.Shown(folder)} is no pack, and is not replaced. --output names another folder.");
        }
    }

    private static async Task<AuditPack> WriteAsync(string folder, AuditedRun audited, byte[] journal, string beside, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return await AuditPack.WriteAsync(folder, audited, journal, beside, cancellationToken);
        }

        // The one before goes only when there is another.
        var before = $"{folder}.{Guid.NewGuid():N}.before";
        var pack = await AuditPack.WriteAsync($"{folder}.{Guid.NewGuid():N}.new", audited, journal, beside, cancellationToken);
        Directory.Move(folder, before);
        Directory.Move(pack.Folder, folder);
        Directory.Delete(before, recursive: true);
        return pack with { Folder = folder };
    }

    private static void Tell(AuditPack pack)
    {
        foreach (var missing in pack.Missing)
        {
            Console.Error.WriteLine($"Not in the pack: {TerminalText.Of(missing)}");
        }

        Console.WriteLine($"Audit pack: {new Uri(Path.Combine(pack.Folder, pack.Missing.Count == 0 ? AuditPack.Paper : AuditPack.Page)).AbsoluteUri}");
        Console.WriteLine($"Write this down elsewhere, and give it to --manifest of chaos audit verify: {pack.ManifestSha256}");
    }
}
