using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;

namespace ChaosHarness.Reports.Drills;

/// <summary>Reads the results of a drill from the folder that Allure reads: the outcome from the test, the measurements from its journal.</summary>
internal static class DrillResults
{
    public static IReadOnlyList<DrillRow> Read(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*-result.json").Select(path => ReadSafely(folder, path))
            .GroupBy(result => result.Test)
            .SelectMany(attempts => attempts.MaxBy(attempt => attempt.Start).Rows)
            .OrderBy(row => row.Record?.StartedAt ?? DateTimeOffset.MinValue)];

    // A test whose result cannot be read is not one that passed, and no reason to hide the others.
    private static (string Test, long Start, IReadOnlyList<DrillRow> Rows) ReadSafely(string folder, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            // Of several attempts of one test the last one counts, as it does for the test run.
            var test = root.TryGetProperty("historyId", out var history) ? history.GetString() : null;
            return (test ?? path, root.TryGetProperty("start", out var start) ? start.GetInt64() : 0, [.. RowsOf(folder, root)]);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or InvalidOperationException or KeyNotFoundException)
        {
            return (path, 0, [new DrillRow(Path.GetFileName(path), Outcome.Broken, $"The result cannot be read: {exception.Message}", null)]);
        }
    }

    private static IEnumerable<DrillRow> RowsOf(string folder, JsonElement root)
    {
        if (OutcomeOf(root) is not { } outcome)
        {
            yield break;
        }

        var name = root.GetProperty("name").GetString()!;
        var message = root.TryGetProperty("statusDetails", out var details) && details.TryGetProperty("message", out var text) ? text.GetString() : null;
        var journals = root.GetProperty("attachments").EnumerateArray()
            .Where(attachment => attachment.GetProperty("name").GetString() == "Journal")
            .Select(attachment => Path.Combine(folder, attachment.GetProperty("source").GetString()!))
            .ToList();
        if (journals.Count == 0)
        {
            yield return new DrillRow(name, outcome, message, null);
        }

        foreach (var journal in journals)
        {
            yield return new DrillRow(name, outcome, message, Journal.Read(File.ReadAllBytes(journal)));
        }
    }

    // Results of other tests in the same folder carry no outcome.
    private static Outcome? OutcomeOf(JsonElement result)
    {
        foreach (var label in result.GetProperty("labels").EnumerateArray())
        {
            if (label.GetProperty("name").GetString() == "outcome")
            {
                return Enum.Parse<Outcome>(label.GetProperty("value").GetString()!);
            }
        }

        return null;
    }
}
