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

    /// <summary>Builds the site of a session and copies what it left to where people look for it.</summary>
    public static async Task PublishAsync(Workspace workspace, DrillSession session, SiteKind kind)
    {
        // One after the other: they share the history, and the place for what the last session left.
        using (await workspace.LockAsync("report", CancellationToken.None).ConfigureAwait(false))
        {
            if (kind != SiteKind.None && await AllureSite.BuildAsync(workspace, session.AllureResults, Path.Combine(session.Site, AllureLinks.Folder), append: kind == SiteKind.Appended, CancellationToken.None).ConfigureAwait(false) is { } problem)
            {
                await Console.Error.WriteLineAsync($"No Allure site: {problem}").ConfigureAwait(false);
            }

            session.Publish();
        }
    }

    /// <summary>Writes the first page of the report of a session, and prints its table.</summary>
    /// <returns>The exit code of the table.</returns>
    public static Task<int> PrintAsync(Workspace workspace, DrillSession session, string? ledger) =>
        PrintAsync(session.AllureResults, workspace.Report, Environment.GetEnvironmentVariable(GitHubSummary) is { Length: > 0 } file ? file : null, ledger, CancellationToken.None);

    private static async Task<int> PrintAsync(string results, string? report, string? markdown, string? ledger, CancellationToken cancellationToken)
    {
        var rows = DrillResults.Read(results);
        var histories = await DrillHistory.ReadAsync(rows, () => ledger is null ? LedgerOption.OpenAsync(null, cancellationToken) : LedgerOption.OpenWrittenAsync(ledger, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (markdown is not null)
        {
            await TryWriteAsync("table for the page of the build", () => File.AppendAllTextAsync(markdown, DrillMarkdown.Write(rows, histories), cancellationToken)).ConfigureAwait(false);
        }

        var page = report is null ? null : Path.Combine(report, "index.html");
        if (page is not null && !await TryWriteAsync("first page", () => WritePageAsync(page, results, rows, histories, cancellationToken)).ConfigureAwait(false))
        {
            page = null;
        }

        var isTerminal = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
        return DrillTable.Print(AnsiConsole.Console, rows, histories, page, isTerminal ? AnsiConsole.Profile.Width : null);
    }

    // It leads to what is there and to nothing else.
    private static async Task WritePageAsync(string page, string results, IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(page)!);
        foreach (var row in rows.Where(row => row.Timeline is not null && File.Exists(row.Timeline)))
        {
            var picture = Path.Combine(folder.FullName, DrillPage.TimelineOf(row));
            Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
            File.Copy(row.Timeline!, picture, overwrite: true);
        }

        var files = new[] { ("scorecard.html", "Scorecard of all runs"), (AllureLinks.Folder + "/index.html", "Every test in Allure"), ("scorecard.pdf", "Scorecard as PDF") }
            .Where(file => File.Exists(Path.Combine(folder.FullName, file.Item1)))
            .Concat(folder.EnumerateFiles("*.trx").Select(file => (Uri.EscapeDataString(file.Name), "Results for pipelines (TRX)")));
        await File.WriteAllTextAsync(page, DrillPage.Write(rows, histories, AllureLinks.Read(results, folder.FullName), files, DateTimeOffset.UtcNow), cancellationToken).ConfigureAwait(false);
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
            await Console.Error.WriteLineAsync($"No {what}: {exception.Message}").ConfigureAwait(false);
            return false;
        }
    }
}
