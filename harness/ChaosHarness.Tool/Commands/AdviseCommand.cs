using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.Safety;
using ChaosHarness.SystemFiles;
using ChaosHarness.Tool.Advice;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>Says which experiments a system lacks.</summary>
internal static class AdviseCommand
{
    private const string UsualFile = "system.yaml";
    private const int JournalsLookedAt = 20;
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var system = new Option<FileInfo?>("--system") { Description = "The file that describes the system. Default: system.yaml here or in the folder of the repository, or else the components of the latest run." };
        var top = new Option<int>("--top") { Description = "At most so many.", DefaultValueFactory = _ => 10 };
        var days = new Option<int>("--days") { Description = "For how long evidence counts.", DefaultValueFactory = _ => 90 };
        var json = new Option<bool>("--json") { Description = "Write them as JSON." };
        var ledger = LedgerOption.Create();
        var command = new Command("advise", "What a system lacks, by what it consists of and by the ledger: never tested alone, no loss of a zone, no slow or cut link, no restore, no objective, too old, failed. The most important first, each with the command that does it.") { system, top, days, json, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(top) < 1 || parsed.GetValue(days) is < 1 or > 3660)
            {
                throw new UsageException("--top takes a number from 1, and --days one from 1 to 3660.");
            }

            var advised = SystemOf(parsed.GetValue(system));
            var tested = await TestedAsync(advised, parsed.GetValue(ledger), cancellationToken).ConfigureAwait(false);
            var items = new Adviser(advised, tested, DateTimeOffset.UtcNow, TimeSpan.FromDays(parsed.GetValue(days))).Items();
            Print(advised, tested, items, parsed.GetValue(top), parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static AdvisedSystem SystemOf(FileInfo? given)
    {
        if ((given?.FullName ?? new[] { Environment.CurrentDirectory, Workspace.Current.Folder }.Select(folder => Path.Combine(folder, UsualFile)).FirstOrDefault(File.Exists)) is { } path)
        {
            return AdvisedSystem.Of(SystemFile.Read(path), path);
        }

        var journals = RunJournals.Of(null);
        foreach (var id in journals.Ids.Take(JournalsLookedAt))
        {
            if (journals.Read(id) is { Components.Count: > 0 } run)
            {
                return AdvisedSystem.Of(run);
            }
        }

        throw new UsageException($"There is no {UsualFile}, and no run in {Workspace.Shown(journals.Folder)} that says what its system consists of. `chaos discover --output {UsualFile}` writes the file.");
    }

    // A system of which nothing is recorded lacks everything, and that is what it wants to know.
    private static async Task<TestedCases> TestedAsync(AdvisedSystem system, string? ledger, CancellationToken cancellationToken)
    {
        var tested = new TestedCases(system);
        var (opened, _) = await DrilledRuns.OpenAsync(ledger, cancellationToken).ConfigureAwait(false);
        if (opened is not null)
        {
            await using var closing = opened.ConfigureAwait(false);
            await foreach (var entry in opened.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                tested.Add(entry);
            }
        }

        return tested;
    }

    private static void Print(AdvisedSystem system, TestedCases tested, IReadOnlyList<AdviceItem> items, int top, bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(new JsonObject
            {
                ["system"] = system.Name,
                ["environment"] = system.Environment,
                ["runs"] = tested.Count,
                ["lacking"] = items.Count,
                ["advice"] = new JsonArray([.. items.Take(top).Select(item => new JsonObject
                {
                    ["importance"] = item.Importance,
                    ["reason"] = JsonNamingPolicy.KebabCaseLower.ConvertName(item.Reason.ToString()),
                    ["subject"] = item.Subject,
                    ["text"] = item.Text,
                    ["command"] = item.Command,
                })]),
            }.ToJsonString(Readable));
            return;
        }

        foreach (var (index, item) in items.Take(top).Index())
        {
            Lines.Write(string.Create(CultureInfo.InvariantCulture, $"{index + 1,2}. {TerminalText.Of(item.Text)}"));
            if (item.Command is { } command)
            {
                Console.WriteLine($"    {TerminalText.Of(command)}");
            }
        }

        var more = items.Count > top ? string.Create(CultureInfo.InvariantCulture, $" The first {top} are shown; --top shows more.") : "";
        Lines.Write(items.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{system.Name} in {system.Environment} lacks nothing that is looked for, by {tested.Count} runs.")
            : string.Create(CultureInfo.InvariantCulture, $"{system.Name} in {system.Environment} lacks {items.Count} of what is looked for, by {tested.Count} runs.{more}"));
    }
}
