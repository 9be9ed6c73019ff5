using System.CommandLine;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Reports.Drills;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Tool.Drills;
using ChaosHarness.Tool.Reports;
using Spectre.Console;

namespace ChaosHarness.Tool.Commands;

/// <summary>The closing table of a drill, on the console and for the page of a pipeline's build.</summary>
internal static class SummaryCommand
{
    /// <summary>Names the file that GitHub shows on the page of a build.</summary>
    private const string GitHubSummary = "GITHUB_STEP_SUMMARY";
    private const string Page = "index.html";

    public static Command Create()
    {
        var results = new Option<DirectoryInfo>("--results") { Description = "The folder of Allure results.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/allure-results") };
        var report = new Option<DirectoryInfo?>("--report") { Description = "A folder to write the first page of a report to." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "A file to append the table to as Markdown, such as $GITHUB_STEP_SUMMARY." };
        var ledger = LedgerOption.Create();
        var command = new Command("summary", "Prints one line an experiment. Exit code 0 when all passed, 1 when one did not, 2 when there is none.") { results, report, markdown, ledger };
        command.SetAction((parsed, cancellationToken) => PrintAsync(parsed.GetRequiredValue(results).FullName, parsed.GetValue(report)?.FullName, parsed.GetValue(markdown)?.FullName, parsed.GetValue(ledger), cancellationToken));
        return command;
    }

    /// <summary>Builds the site of a session, beside its results.</summary>
    public static async Task BuildAsync(Workspace workspace, DrillSession session, SiteKind kind)
    {
        // One after the other: they share the history.
        using (await workspace.LockAsync("report", CancellationToken.None).ConfigureAwait(false))
        {
            if (kind != SiteKind.None && await AllureSite.BuildAsync(workspace, session.AllureResults, Path.Combine(session.Site, AllureLinks.Folder), append: kind == SiteKind.Appended, CancellationToken.None).ConfigureAwait(false) is { } problem)
            {
                Lines.WriteError($"No Allure site: {problem}");
            }

            session.CollectTests();
        }
    }

    /// <summary>Writes the first page of the report of a session, puts the report in the place of the last one now that it is whole, and prints its table.</summary>
    /// <param name="workspace">Where reports are.</param>
    /// <param name="session">The session.</param>
    /// <param name="ledger">Where the history is; null where tests have it.</param>
    /// <param name="scorecard">The scorecard in a line; null when there is none in the report.</param>
    /// <param name="prints">Whether there is a table worth printing.</param>
    /// <returns>The exit code of the table.</returns>
    public static async Task<int> FinishAsync(Workspace workspace, DrillSession session, string? ledger, string? scorecard, bool prints = true)
    {
        var drill = await ReadAsync(session.AllureResults, ledger, session.ReportsTests, CancellationToken.None).ConfigureAwait(false);
        var hasPage = await TryWriteAsync("first page", () => WritePageAsync(session.Site, session.AllureResults, drill, CancellationToken.None)).ConfigureAwait(false);
        var folder = workspace.Report;
        using (await workspace.LockAsync("report", CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var problem in session.Publish())
            {
                Lines.WriteError(problem);
                folder = session.Site;
            }
        }

        if (scorecard is not null)
        {
            ReportCommand.Print(scorecard, folder);
        }

        var markdown = Environment.GetEnvironmentVariable(GitHubSummary) is { Length: > 0 } file ? file : null;
        return prints ? await PrintAsync(drill, hasPage ? Path.Combine(folder, Page) : null, markdown, CancellationToken.None).ConfigureAwait(false) : ExitCodes.NotAllPassed;
    }

    private static async Task<int> PrintAsync(string results, string? report, string? markdown, string? ledger, CancellationToken cancellationToken)
    {
        var drill = await ReadAsync(results, ledger, reportsTests: false, cancellationToken).ConfigureAwait(false);
        var hasPage = report is not null && await TryWriteAsync("first page", () => WritePageAsync(report, results, drill, cancellationToken)).ConfigureAwait(false);
        return await PrintAsync(drill, hasPage ? Path.Combine(report!, Page) : null, markdown, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> PrintAsync(Drill drill, string? page, string? markdown, CancellationToken cancellationToken)
    {
        if (markdown is not null)
        {
            await TryWriteAsync("table for the page of the build", () => File.AppendAllTextAsync(markdown, DrillMarkdown.Write(drill.Rows, drill.Histories), cancellationToken)).ConfigureAwait(false);
        }

        var isTerminal = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        return DrillTable.Print(AnsiConsole.Console, drill.Rows, drill.Histories, page, isTerminal ? AnsiConsole.Profile.Width : null, drill.WhyNone);
    }

    private static async Task<Drill> ReadAsync(string results, string? ledger, bool reportsTests, CancellationToken cancellationToken)
    {
        var rows = DrillResults.Read(results);
        var histories = await DrillHistory.ReadAsync(rows, () => ledger is null ? LedgerOption.OpenAsync(null, cancellationToken) : LedgerOption.OpenWrittenAsync(ledger, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new Drill(rows, histories, rows.Count > 0 ? null : TestSummary.WhyNone(TestSummary.Read(results), reportsTests));
    }

    // It leads to what is there and to nothing else.
    private static async Task WritePageAsync(string report, string results, Drill drill, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(report);
        foreach (var row in drill.Rows.Where(row => row.Timeline is not null && File.Exists(row.Timeline)))
        {
            var picture = Path.Combine(folder.FullName, DrillPage.TimelineOf(row));
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            File.Copy(row.Timeline!, picture, overwrite: true);
        }

        var files = new[] { ("scorecard.html", "Scorecard of all runs"), (AllureLinks.Folder + "/index.html", "Every test in Allure"), ("scorecard.pdf", "Scorecard as PDF") }
            .Where(file => File.Exists(Path.Combine(folder.FullName, file.Item1)))
            .Concat(folder.EnumerateFiles("*.trx").Select(file => (Uri.EscapeDataString(file.Name), "Results for pipelines (TRX)")));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, Page), DrillPage.Write(drill.Rows, drill.Histories, AllureLinks.Read(results, folder.FullName), files, DateTimeOffset.UtcNow, drill.WhyNone), cancellationToken).ConfigureAwait(false);
    }

    // What cannot be written is no reason to keep the result of a drill to oneself.
    private static async Task<bool> TryWriteAsync(string what, Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Lines.WriteError($"No {what}: {exception.Message}");
            return false;
        }
    }

    /// <summary>What there is to tell of a drill.</summary>
    private sealed record Drill(IReadOnlyList<DrillRow> Rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> Histories, string? WhyNone);
}
