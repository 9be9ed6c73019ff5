using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ChaosHarness.Reports.Drills;

/// <summary>What <c>dotnet test</c> itself says of a session, in the TRX files beside its results.</summary>
/// <param name="Total">How many tests it ran, experiments or not.</param>
/// <param name="Aborted">Why it broke off; null when it did not.</param>
internal sealed record TestSummary(int Total, string? Aborted)
{
    private const string Folder = "test-results";

    /// <summary>Reads it.</summary>
    /// <param name="results">The folder of Allure results.</param>
    /// <returns>What it says; null when it left no such file.</returns>
    public static TestSummary? Read(string results)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(results)))!, Folder);
        var read = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories).Select(ReadFile).OfType<TestSummary>().ToList() : [];
        return read.Count == 0 ? null : new TestSummary(read.Sum(summary => summary.Total), read.Select(summary => summary.Aborted).FirstOrDefault(aborted => aborted is not null));
    }

    /// <summary>Why no experiment has a result.</summary>
    /// <param name="summary">What the session says.</param>
    /// <param name="isExpected">Whether it had to say something.</param>
    public static string WhyNone(TestSummary? summary, bool isExpected) => summary switch
    {
        { Total: > 0 } => string.Create(CultureInfo.InvariantCulture, $"No experiment ran, but {summary.Total} other tests did: an experiment is marked with [Experiment], and its assembly says [assembly: RecordedBy(typeof(AllureRecording))]."),
        null when isExpected => "No experiment ran: dotnet test left no results at all, as it does of a project that is not restored or not built. Run the drill without --no-build, or dotnet test alone to see what keeps it.",
        _ => "No experiment ran. Either there is none, or none fits the filter of the profile together with the arguments.",
    };

    // One that cannot be read says nothing; that no result is there is told anyway.
    private static TestSummary? ReadFile(string path)
    {
        try
        {
            var summary = XDocument.Load(path).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "ResultSummary");
            var total = (int?)summary?.Elements().FirstOrDefault(element => element.Name.LocalName == "Counters")?.Attribute("total");
            var error = summary?.Descendants().FirstOrDefault(element => element.Name.LocalName == "RunInfo" && (string?)element.Attribute("outcome") == "Error");
            return summary is null ? null : new TestSummary(total ?? 0, (string?)summary.Attribute("outcome") == "Completed" ? null : error?.Value.Trim());
        }
        catch (Exception exception) when (exception is XmlException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
