using System.Text;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>A retrospective as two files: to read and print, and to write on.</summary>
/// <param name="Markdown">The file of Markdown.</param>
/// <param name="Page">The page.</param>
internal sealed record RetrospectiveFiles(string Markdown, string Page)
{
    /// <summary>Where those of a run are, in a folder.</summary>
    public static RetrospectiveFiles In(string folder, string runId) => new(Path.Combine(folder, runId + Retrospective.Suffix + ".md"), Path.Combine(folder, runId + Retrospective.Suffix + ".html"));

    /// <summary>Where those of a whole scenario are, in a folder: they are called after the first of its runs.</summary>
    public static RetrospectiveFiles OfScenarioIn(string folder, string runId) => In(folder, runId + ".scenario");

    /// <summary>Those of them that are there.</summary>
    public IEnumerable<string> Existing => new[] { Markdown, Page }.Where(File.Exists);

    /// <summary>Writes both, each as a whole or not at all.</summary>
    public Task WriteAsync(DrilledRun drilled, CancellationToken cancellationToken) => WriteAsync(Retrospective.Of(drilled), cancellationToken);

    /// <summary>Writes both, each as a whole or not at all.</summary>
    public async Task WriteAsync(Paper paper, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Markdown)!);
        await WriteAsync(Markdown, PaperMarkdown.Write(paper), cancellationToken).ConfigureAwait(false);
        await WriteAsync(Page, PaperPage.Write(paper), cancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        await File.WriteAllTextAsync(partial, text, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        File.Move(partial, path, overwrite: true);
    }
}
