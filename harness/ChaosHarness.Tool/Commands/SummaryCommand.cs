using System.CommandLine;
using ChaosHarness.Reports.Drills;
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
        var site = new Option<string?>("--site") { Description = "Where the report site is, to be named below the table." };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "A file to append the table to as Markdown, such as $GITHUB_STEP_SUMMARY." };
        var ledger = LedgerOption.Create();
        var command = new Command("summary", "Prints one line an experiment. Exit code 0 when all passed, 1 when one did not, 2 when there is none.") { results, site, markdown, ledger };
        command.SetAction((parsed, cancellationToken) => PrintAsync(parsed.GetRequiredValue(results).FullName, parsed.GetValue(site), parsed.GetValue(markdown)?.FullName, parsed.GetValue(ledger), cancellationToken));
        return command;
    }

    /// <summary>Builds the site of a session, copies what it left to where people look for it, and prints its table.</summary>
    /// <returns>The exit code of the table.</returns>
    public static async Task<int> PublishAsync(Workspace workspace, DrillSession session, SiteKind kind)
    {
        // One after the other: they share the history, and the place for what the last session left.
        using (await workspace.LockAsync("report", CancellationToken.None).ConfigureAwait(false))
        {
            if (kind != SiteKind.None && await AllureSite.BuildAsync(workspace, session.AllureResults, session.Site, append: kind == SiteKind.Appended, CancellationToken.None).ConfigureAwait(false) is { } problem)
            {
                await Console.Error.WriteLineAsync($"No Allure site: {problem}").ConfigureAwait(false);
            }

            session.Publish();
        }

        var page = Path.Combine(session.Site, "index.html");
        return await PrintAsync(session.AllureResults, File.Exists(page) ? page : null, Environment.GetEnvironmentVariable(GitHubSummary) is { Length: > 0 } file ? file : null, null, CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task<int> PrintAsync(string results, string? site, string? markdown, string? ledger, CancellationToken cancellationToken)
    {
        var rows = DrillResults.Read(results);
        if (markdown is not null)
        {
            await File.AppendAllTextAsync(markdown, DrillMarkdown.Write(rows, await DrillHistory.ReadAsync(rows, () => LedgerOption.OpenAsync(ledger, cancellationToken), cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        }

        return DrillTable.Print(AnsiConsole.Console, rows, site);
    }
}
