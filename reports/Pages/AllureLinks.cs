using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChaosHarness.Reports.Pages;

/// <summary>Where in the Allure site a run is shown, for the runs of the results that the site was built from.</summary>
internal sealed class AllureLinks
{
    /// <summary>Where the Allure site is, beside the pages that lead to it.</summary>
    public const string Folder = "allure";

    private const string Site = Folder + "/index.html#";
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    public string? Of(string runId) => _links.GetValueOrDefault(runId);

    /// <summary>Reads where runs are shown; nowhere when the report has no Allure site.</summary>
    /// <param name="folder">The results that the site was built from.</param>
    /// <param name="report">The folder of the pages that lead to it.</param>
    public static AllureLinks Read(string folder, string report)
    {
        var links = new AllureLinks();
        foreach (var path in File.Exists(Path.Combine(report, Folder, "index.html")) && Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*-result.json") : [])
        {
            links.Add(path);
        }

        return links;
    }

    // A result of somebody else's is no reason to have no report.
    private void Add(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var uuid = document.RootElement.GetProperty("uuid").GetString() ?? "";
            foreach (var parameter in document.RootElement.GetProperty("parameters").EnumerateArray())
            {
                if (parameter.GetProperty("name").GetString() == "Run" && parameter.GetProperty("value").GetString() is { } run)
                {
                    // Earlier results have it in quotes.
                    _links[run.Trim('"')] = Site + IdOf(uuid);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It has no link.
        }
    }

#pragma warning disable CA5351 // MD5 is how the site names its pages; it protects nothing.
    private static string IdOf(string uuid) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(uuid)));
#pragma warning restore CA5351
}
