using System.CommandLine;
using ChaosHarness.Reports.Drills;
using Spectre.Console;

namespace ChaosHarness.Reports.Commands;

/// <summary>The closing table of a drill, on the console and for the page of a pipeline's build.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        var results = new Option<DirectoryInfo>("--results") { Description = "The folder of Allure results.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/allure-results") };
        var site = new Option<string?>("--site") { Description = "Where the report site is, to be named below the table." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "A file to append the table to as Markdown, such as $GITHUB_STEP_SUMMARY." };
        var ledger = LedgerOption.Create();
        var command = new Command("summary", "Prints one line an experiment. Exit code 0 when all passed, 1 when one did not, 2 when there is none.") { results, site, markdown, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = DrillResults.Read(parsed.GetRequiredValue(results).FullName);
            if (parsed.GetValue(markdown) is { } file)
            {
                await File.AppendAllTextAsync(file.FullName, DrillMarkdown.Write(rows, await DrillHistory.ReadAsync(rows, () => LedgerOption.OpenAsync(parsed.GetValue(ledger), cancellationToken), cancellationToken)), cancellationToken);
            }

            return DrillTable.Print(AnsiConsole.Console, rows, parsed.GetValue(site));
        });
        return command;
    }
}
