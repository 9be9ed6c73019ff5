using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>Says whether a ledger is as it was written.</summary>
internal static class LedgerVerifyCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create(Option<string?> ledger)
    {
        var head = new Option<string?>("--head") { Description = "A head that was written down earlier and elsewhere: it has to be in the chain still. That the end was cut off is noticed only so." };
        var json = new Option<bool>("--json") { Description = "Write what was found as JSON." };
        var command = new Command("verify", "Walks the chain of hashes over everything that was appended, and names every record that was changed, removed, inserted or moved. Exit code 0 when all is as it was written, 1 otherwise.") { head, json, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var report = await LedgerChain.VerifyAsync(opened, parsed.GetValue(head), cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(report, Json));
            }
            else
            {
                Print(report, opened.Address.Shown, parsed.GetValue(head)?.Trim());
            }

            return report.IsWhole ? ExitCodes.Done : ExitCodes.NotAllPassed;
        });
        return command;
    }

    private static void Print(ChainReport report, string ledger, string? given)
    {
        foreach (var found in report.Breaks)
        {
            Console.WriteLine(TerminalText.Of(found.ToString()));
        }

        if (report.IsGivenHeadMissing)
        {
            Console.WriteLine($"No record has the head {given}: what it was the end of was cut off or written anew, or it is the head of another ledger.");
        }
        else if (report.GivenHeadAt is { } at)
        {
            Console.WriteLine(Text($"The head that was written down is record {at:#,##0} of {report.Head!.Records:#,##0}: nothing up to it was cut off or written anew since then."));
        }

        if (report is { FoundRuns: > 0, FoundAt: { } foundAt })
        {
            Console.WriteLine(Text($"Chained from {foundAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC on: {Count(report.FoundRuns, "run", "runs")} that an earlier version had appended {(report.FoundRuns == 1 ? "was" : "were")} hashed as found then, and what became of {(report.FoundRuns == 1 ? "it" : "them")} before nobody can tell."));
        }

        Console.WriteLine(report.IsWhole
            ? Text($"{ledger} is as it was written: {Count(report.Head?.Records ?? 0, "record", "records")}, {Count(report.Runs, "run", "runs")}.")
            : Text($"{ledger} is not as it was written: {Count(report.Breaks.Count, "thing", "things")} named above{(report.Breaks is [{ Record: { } first }, ..] ? $", the first at record {first:#,##0}" : "")}{(report.IsGivenHeadMissing ? ", and the head is gone" : "")}. {Count(report.Head?.Records ?? 0, "record", "records")}, {Count(report.Runs, "run", "runs")}."));
        if (report.Head is { } end)
        {
            Console.WriteLine(Text($"Write this down elsewhere, and give it to --head next time, for only so it is noticed that the end was cut off: {end.Hash}"));
        }
    }

    private static string Count(long count, string one, string many) => Text($"{count:#,##0} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
