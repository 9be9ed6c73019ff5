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
    private const string Page = "scorecard.html";

    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var journals = new Option<DirectoryInfo?>("--journals") { Description = "Journals that are imported first. Default: artifacts/journals." };
        var results = new Option<DirectoryInfo?>("--results") { Description = "The Allure results that the site was built from, to link to. Default: those of the last session, whose site is built again." };
        var output = new Option<DirectoryInfo?>("--output") { Description = "Where the scorecard is written to. Default: artifacts/report." };
        var configuration = new Option<FileInfo?>("--configuration") { Description = "What no run knows; may be missing. Default: reports/scorecard.json." };
        var plain = new Option<bool>("--no-allure") { Description = "Make our own pages alone, without the Allure site." };
        var command = new Command("report", "Builds the Allure site of the last session again; imports journals, then writes scorecard.html, scorecard.json and, where Chromium is installed, scorecard.pdf. Exit code 0 when the report was made, whatever it says of the experiments.") { ledger, journals, results, output, configuration, plain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var workspace = Workspace.Current;
            if (parsed.GetValue(ledger) is { } address)
            {
                LedgerOption.RequireWritten(address);
            }

            var session = parsed.GetValue(results) is null ? DrillSession.Last(workspace) : null;
            var usual = ScorecardFiles.Of(workspace, session);
            var files = new ScorecardFiles(
                parsed.GetValue(journals)?.FullName ?? usual.Journals,
                parsed.GetValue(results)?.FullName ?? usual.Results,
                parsed.GetValue(output)?.FullName ?? usual.Output,
                parsed.GetValue(configuration)?.FullName ?? usual.Configuration);
            if (!Directory.Exists(files.Journals) || !Directory.EnumerateFiles(files.Journals).Any())
            {
                LedgerOption.RequireWritten(parsed.GetValue(ledger));
            }

            // Whatever is wrong with it is told before anything is built, and long before the last report is replaced.
            await using (await LedgerOption.OpenAsync(parsed.GetValue(ledger), cancellationToken))
            {
                _ = ScorecardConfiguration.Read(files.Configuration);
            }

            if (session is not null)
            {
                await SummaryCommand.BuildAsync(workspace, session, parsed.GetValue(plain) ? SiteKind.None : SiteKind.Again);
            }

            var line = await WriteScorecardAsync(files, parsed.GetValue(ledger), cancellationToken);
            var isApart = session is null || files.Output != usual.Output;
            if (isApart)
            {
                Print(line, files.Output);
            }

            if (session is not null)
            {
                await SummaryCommand.FinishAsync(workspace, session, parsed.GetValue(ledger), isApart ? null : line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Says it in a line, and where it is.</summary>
    public static void Print(string scorecard, string folder)
    {
        Lines.Write(scorecard);
        Lines.Write($"Scorecard: {new Uri(Path.Combine(folder, Page)).AbsoluteUri}");
    }

    /// <summary>Writes the scorecard into the report of a session, or says why it cannot be written.</summary>
    /// <returns>The scorecard in a line; null when there is none.</returns>
    public static async Task<string?> TryWriteScorecardAsync(Workspace workspace, DrillSession session)
    {
        try
        {
            return await WriteScorecardAsync(ScorecardFiles.Of(workspace, session), null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LedgerException or FormatException or IOException or UnauthorizedAccessException)
        {
            Lines.WriteError($"No scorecard: {exception.Message}");
            return null;
        }
    }

    private static async Task<string> WriteScorecardAsync(ScorecardFiles files, string? ledger, CancellationToken cancellationToken)
    {
        var options = ScorecardConfiguration.Read(files.Configuration);
        await using var opened = await LedgerOption.OpenAsync(ledger, cancellationToken).ConfigureAwait(false);
        await ImportAsync(opened, files.Journals, cancellationToken).ConfigureAwait(false);
        var scorecard = await ScorecardReader.ReadAsync(opened, options, DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(files.Output);
        var page = Path.Combine(files.Output, Page);
        await File.WriteAllTextAsync(page, ScorecardPage.Write(scorecard, AllureLinks.Read(files.Results, files.Output)), cancellationToken).ConfigureAwait(false);
        await File.WriteAllBytesAsync(Path.Combine(files.Output, "scorecard.json"), ScorecardJson.Write(scorecard), cancellationToken).ConfigureAwait(false);
        var paper = Path.Combine(files.Output, "scorecard.pdf");
        // That of an earlier report is not of this one.
        File.Delete(paper);
        if (await PaperCopy.PrintAsync(page, paper, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            Lines.WriteError($"No PDF: {problem}");
        }

        return ScorecardLine.Write(scorecard);
    }

    // What cannot be imported is told and left where it is. A ledger that can only be read is still worth a report.
    private static async Task ImportAsync(RunLedger ledger, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var report = await JournalImport.RunAsync(ledger, folder, cancellationToken).ConfigureAwait(false);
            foreach (var skipped in report.Skipped)
            {
                Lines.WriteError($"Skipped {skipped.Path}: {skipped.Reason}");
            }
        }
        catch (LedgerException exception)
        {
            Lines.WriteError($"Journals were not imported: {exception.Message}");
        }
    }

    /// <summary>What a scorecard is made from, and the folder that it is written to.</summary>
    private sealed record ScorecardFiles(string Journals, string Results, string Output, string Configuration)
    {
        /// <summary>Where drills leave it: with the report of a session, which is put in the place of the last one as a whole.</summary>
        public static ScorecardFiles Of(Workspace workspace, DrillSession? session) => new(
            Path.Combine(workspace.Artifacts, "journals"),
            session?.AllureResults ?? Path.Combine(workspace.Artifacts, "allure-results"),
            session?.Site ?? workspace.Report,
            Path.Combine(workspace.Folder, "reports", "scorecard.json"));
    }
}
