using System.CommandLine;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Importing;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Tool.Drills;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>The report of the last session again, and the scorecard of all runs as a page, as JSON, and on paper.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var journals = new Option<DirectoryInfo?>("--journals") { Description = "Journals that are imported first. Default: artifacts/journals." };
        var results = new Option<DirectoryInfo?>("--results") { Description = "The Allure results that the site was built from, to link to. Default: those of the last session, whose site is built again." };
        var output = new Option<DirectoryInfo?>("--output") { Description = "Where the scorecard is written to. Default: artifacts/report." };
        var configuration = new Option<FileInfo?>("--configuration") { Description = "What no run knows; may be missing. Default: reports/scorecard.json." };
        var plain = new Option<bool>("--no-allure") { Description = "Make our own pages alone, without the Allure site." };
        var command = new Command("report", "Builds the Allure site of the last session again; imports journals, then writes scorecard.html, scorecard.json and, where Chromium is installed, scorecard.pdf.") { ledger, journals, results, output, configuration, plain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = Workspace.Current;
            if (parsed.GetValue(ledger) is { } address)
            {
                LedgerOption.RequireWritten(address);
            }

            var session = parsed.GetValue(results) is null ? DrillSession.Last(workspace) : null;
            if (session is not null)
            {
                await SummaryCommand.PublishAsync(workspace, session, parsed.GetValue(plain) ? SiteKind.None : SiteKind.Again);
            }

            var usual = ScorecardFiles.Of(workspace);
            var files = new ScorecardFiles(
                parsed.GetValue(journals)?.FullName ?? usual.Journals,
                parsed.GetValue(results)?.FullName ?? usual.Results,
                parsed.GetValue(output)?.FullName ?? usual.Output,
                parsed.GetValue(configuration)?.FullName ?? usual.Configuration);
            if (!Directory.Exists(files.Journals) || !Directory.EnumerateFiles(files.Journals).Any())
            {
                LedgerOption.RequireWritten(parsed.GetValue(ledger));
            }

            await WriteScorecardAsync(files, parsed.GetValue(ledger), cancellationToken);
            if (session is not null)
            {
                await SummaryCommand.PrintAsync(workspace, session, parsed.GetValue(ledger));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Writes the scorecard, or says why it cannot be written.</summary>
    public static async Task TryWriteScorecardAsync(Workspace workspace)
    {
        try
        {
            await WriteScorecardAsync(ScorecardFiles.Of(workspace), null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LedgerException or FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"No scorecard: {exception.Message}").ConfigureAwait(false);
        }
    }

    private static async Task WriteScorecardAsync(ScorecardFiles files, string? ledger, CancellationToken cancellationToken)
    {
        var options = ScorecardConfiguration.Read(files.Configuration);
        await using var opened = await LedgerOption.OpenAsync(ledger, cancellationToken).ConfigureAwait(false);
        await ImportAsync(opened, files.Journals, cancellationToken).ConfigureAwait(false);
        var scorecard = await ScorecardReader.ReadAsync(opened, options, DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(files.Output);
        var page = Path.Combine(files.Output, "scorecard.html");
        await File.WriteAllTextAsync(page, ScorecardPage.Write(scorecard, AllureLinks.Read(files.Results, files.Output)), cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(files.Output, "scorecard.json"), ScorecardJson.Write(scorecard), cancellationToken).ConfigureAwait(false);
        if (await PaperCopy.PrintAsync(page, Path.Combine(files.Output, "scorecard.pdf"), cancellationToken).ConfigureAwait(false) is { } problem)
        {
            await Console.Error.WriteLineAsync($"No PDF: {problem}").ConfigureAwait(false);
        }

        Console.WriteLine(ScorecardLine.Write(scorecard));
        Console.WriteLine($"Scorecard: {new Uri(page).AbsoluteUri}");
    }

    // What cannot be imported is told and left where it is. A ledger that can only be read is still worth a report.
    private static async Task ImportAsync(RunLedger ledger, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var report = await JournalImport.RunAsync(ledger, folder, cancellationToken).ConfigureAwait(false);
            foreach (var skipped in report.Skipped)
            {
                await Console.Error.WriteLineAsync($"Skipped {skipped.Path}: {skipped.Reason}").ConfigureAwait(false);
            }
        }
        catch (LedgerException exception)
        {
            await Console.Error.WriteLineAsync($"Journals were not imported: {exception.Message}").ConfigureAwait(false);
        }
    }

    /// <summary>What a scorecard is made from, and the folder that it is written to.</summary>
    private sealed record ScorecardFiles(string Journals, string Results, string Output, string Configuration)
    {
        /// <summary>Where drills leave it.</summary>
        public static ScorecardFiles Of(Workspace workspace) => new(
            Path.Combine(workspace.Artifacts, "journals"),
            Path.Combine(workspace.Artifacts, "allure-results"),
            workspace.Report,
            Path.Combine(workspace.Folder, "reports", "scorecard.json"));
    }
}
