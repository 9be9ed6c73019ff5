using System.CommandLine;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Importing;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Reports.Pages;

namespace ChaosHarness.Reports.Commands;

/// <summary>The scorecard as a page, as JSON, and on paper.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var journals = new Option<DirectoryInfo>("--journals") { Description = "Journals that are imported first.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/journals") };
        var results = new Option<DirectoryInfo>("--results") { Description = "The Allure results that the site was built from, to link to.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/allure-results") };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the scorecard is written to.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/report") };
        var configuration = new Option<FileInfo>("--configuration") { Description = "What no run knows; may be missing.", DefaultValueFactory = _ => new FileInfo("reports/scorecard.json") };
        var command = new Command("report", "Imports journals, then writes scorecard.html, scorecard.json and, where Chromium is installed, scorecard.pdf.") { ledger, journals, results, output, configuration };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ScorecardConfiguration.Read(parsed.GetRequiredValue(configuration).FullName);
            await using var opened = await LedgerOption.OpenAsync(parsed.GetValue(ledger), cancellationToken);
            await ImportAsync(opened, parsed.GetRequiredValue(journals).FullName, cancellationToken);
            var scorecard = await ScorecardReader.ReadAsync(opened, options, DateTimeOffset.UtcNow, cancellationToken);
            var folder = parsed.GetRequiredValue(output).FullName;
            Directory.CreateDirectory(folder);
            var page = Path.Combine(folder, "scorecard.html");
            await File.WriteAllTextAsync(page, ScorecardPage.Write(scorecard, AllureLinks.Read(parsed.GetRequiredValue(results).FullName)), cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder, "scorecard.json"), ScorecardJson.Write(scorecard), cancellationToken);
            if (await PaperCopy.PrintAsync(page, Path.Combine(folder, "scorecard.pdf"), cancellationToken) is { } problem)
            {
                await Console.Error.WriteLineAsync($"No PDF: {problem}");
            }

            Console.WriteLine(ScorecardLine.Write(scorecard));
            Console.WriteLine($"Scorecard: {page}");
            return 0;
        });
        return command;
    }

    // What cannot be imported is told and left where it is. A ledger that can only be read is still worth a report.
    private static async Task ImportAsync(RunLedger ledger, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var report = await JournalImport.RunAsync(ledger, folder, cancellationToken);
            foreach (var skipped in report.Skipped)
            {
                await Console.Error.WriteLineAsync($"Skipped {skipped.Path}: {skipped.Reason}");
            }
        }
        catch (LedgerException exception)
        {
            await Console.Error.WriteLineAsync($"Journals were not imported: {exception.Message}");
        }
    }
}
