using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;

namespace ChaosHarness.Reports.Drills;

/// <summary>
/// Reads the results of a drill from the folder that Allure reads: the outcome from the test, the figures from its journal. Of the attempts of a test the last
/// counts, as it does for <c>dotnet test</c>.
/// </summary>
internal static class DrillResults
{
    public static IReadOnlyList<DrillRow> Read(string folder)
    {
        var results = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*-result.json").Select(path => ReadSafely(folder, path)).Where(result => result.Rows.Count > 0).ToList() : [];
        return
        [
            .. results.GroupBy(result => result.Test, StringComparer.Ordinal)
                .SelectMany(attempts => attempts.MaxBy(result => result.Start).Rows)
                .OrderBy(row => row.Record?.StartedAt ?? DateTimeOffset.MinValue),
            .. CutShort(folder, results.ToLookup(result => result.Rows[0].Name, result => result.Start, StringComparer.Ordinal)),
        ];
    }

    // What began and has no result did not pass, and neither did what was to come after it.
    private static IEnumerable<DrillRow> CutShort(string folder, ILookup<string, long> ended)
    {
        var unfinished = BegunTest.Left(folder).Where(test => !ended[test.Name].Any(start => start >= test.StartedAt.ToUnixTimeMilliseconds())).ToList();
        return unfinished.Count > 0 ? unfinished.Select(test => new DrillRow(test.Name, Outcome.Broken, "The test host ended before this test did: it has no result.", null) { Unfinished = test })
            : TestSummary.Read(folder) is { Aborted: { } why } ? [new DrillRow("The session as a whole", Outcome.Broken, $"dotnet test broke off, and what was to come did not run. {why}", null)]
            : [];
    }

    // A test whose result cannot be read is not one that passed, and no reason to hide the others.
    private static (string Test, long Start, IReadOnlyList<DrillRow> Rows) ReadSafely(string folder, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return (TestOf(root), root.TryGetProperty("start", out var start) ? start.GetInt64() : 0, [.. ReadResult(folder, root)]);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return (path, 0, [new DrillRow(Path.GetFileName(path), Outcome.Broken, $"The result cannot be read: {exception.Message}", null)]);
        }
    }

    // What it is from run to run and what it is called: tests that differ in a parameter differ in one of these.
    private static string TestOf(JsonElement result) => (result.TryGetProperty("historyId", out var id) ? id.GetString() : "") + "/" + result.GetProperty("name").GetString();

    private static IEnumerable<DrillRow> ReadResult(string folder, JsonElement root)
    {
        if (OutcomeOf(root) is not { } outcome)
        {
            yield break;
        }

        var name = root.GetProperty("name").GetString() ?? "a test without a name";
        var message = root.TryGetProperty("statusDetails", out var details) && details.TryGetProperty("message", out var text) ? text.GetString() : null;
        var hasFailed = root.TryGetProperty("status", out var status) ? status.GetString() is "failed" or "broken" : (bool?)null;
        var records = RecordsOf(folder, root.GetProperty("attachments")).ToList();
        if (records.Count == 0)
        {
            yield return Row(null, null);
        }

        var last = records.Where(entry => entry.Record.Attempt == records.Max(other => other.Record.Attempt)).ToList();
        // A test that failed though no step of its scenario did has failed in the last of them.
        var blamed = last.Exists(entry => IsMissed(entry.Record)) ? null : last.Select(entry => entry.Record).LastOrDefault();
        foreach (var (record, timeline) in last)
        {
            yield return record.Step is null ? Row(record, timeline) : Step(record, timeline, record == blamed);
        }

        // A step has an outcome of its own: that of its test says nothing of those that were before.
        DrillRow Step(RunRecord record, string? timeline, bool isBlamed) => new(record.Name, record.Outcome, isBlamed ? message : null, record)
        {
            Test = name,
            Timeline = timeline,
            HasFailed = hasFailed is not false && (IsMissed(record) || (hasFailed is true && isBlamed)),
        };

        DrillRow Row(RunRecord? record, string? timeline)
        {
            var row = new DrillRow(name, outcome, message, record) { Timeline = timeline };
            return hasFailed is { } failed ? row with { HasFailed = failed } : row;
        }
    }

    private static bool IsMissed(RunRecord record) => record.Outcome != Outcome.Passed && !record.Impossible;

    // The journal of a run is the last of its attachments.
    private static IEnumerable<(RunRecord Record, string? Timeline)> RecordsOf(string folder, JsonElement attachments)
    {
        string? timeline = null;
        foreach (var attachment in attachments.EnumerateArray())
        {
            // A name of a file, and no path to somewhere else.
            var source = Path.Combine(folder, Path.GetFileName(attachment.GetProperty("source").GetString()!));
            switch (attachment.GetProperty("name").GetString())
            {
                case "Timeline":
                    timeline = source;
                    break;
                case "Journal":
                    yield return (Journal.Read(File.ReadAllBytes(source)), timeline);
                    timeline = null;
                    break;
            }
        }
    }

    // Results of other tests in the same folder carry no outcome.
    private static Outcome? OutcomeOf(JsonElement result)
    {
        foreach (var label in result.GetProperty("labels").EnumerateArray())
        {
            if (label.GetProperty("name").GetString() == "outcome")
            {
                var value = label.GetProperty("value").GetString();
                return Enum.TryParse<Outcome>(value, out var outcome) && Enum.GetName(outcome) == value ? outcome : throw new FormatException($"'{value}' is no outcome.");
            }
        }

        return null;
    }
}
