using System.CommandLine;
using ChaosHarness.Ledger.FollowUps;

namespace ChaosHarness.Tool.Commands;

/// <summary>What drills showed that has to be mended: listed, opened and closed.</summary>
internal static class FindingsCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var open = new Option<bool>("--open") { Description = "Only those that still have to be mended." };
        var overdue = new Option<bool>("--overdue") { Description = "Only those that had to be mended by now." };
        var system = new Option<string?>("--system") { Description = "Only those of a system, such as 'shop' or 'shop in staging'." };
        var experiment = new Option<string?>("--experiment") { Description = "Only those that an experiment showed or proves mended: its id, or its name." };
        var json = new Option<bool>("--json") { Description = "Write them as JSON." };
        var command = new Command("findings", "What drills showed that has to be mended, with who sees to it and by when: the most urgent first, those that are closed last.") { FindingsAddCommand.Create(ledger), FindingsCloseCommand.Create(ledger), open, overdue, system, experiment, json, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var now = DateTimeOffset.UtcNow;
            var all = await FollowUpBook.ReadAsync(opened, cancellationToken);
            var wanted = FollowUpBook.MostUrgentFirst(all, now).Concat(all.Where(finding => !finding.IsOpen))
                .Where(finding => (!parsed.GetValue(open) || finding.IsOpen) && (!parsed.GetValue(overdue) || finding.IsOverdue(now)) && IsOf(finding, parsed.GetValue(system)) && IsAbout(finding, parsed.GetValue(experiment)))
                .ToList();
            Console.WriteLine(parsed.GetValue(json) ? FindingsText.Json(wanted, now) : FindingsText.List(wanted, all.Count, now));
            return ExitCodes.Done;
        });
        return command;
    }

    private static bool IsOf(FollowUp finding, string? system) => system is null || system == finding.System || system == $"{finding.System} in {finding.Environment}";

    private static bool IsAbout(FollowUp finding, string? experiment) => experiment is null || experiment == finding.ExperimentId || experiment == finding.ExperimentName || experiment == finding.ProvedBy;
}
