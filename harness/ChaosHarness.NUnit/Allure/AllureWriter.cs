using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Attachments;
using ChaosHarness.NUnit.Charts;
using ChaosHarness.Origins;

namespace ChaosHarness.NUnit.Allure;

/// <summary>Writes results into the folder that Allure reads, each file as a whole or not at all.</summary>
internal sealed class AllureWriter(string folder)
{
    private const int LostShown = 100;
    private static readonly AllureJson Json = new(new JsonSerializerOptions(AllureJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(AllureResult result, IReadOnlyList<RunRecord> experiments, Profile profile)
    {
        Directory.CreateDirectory(folder);
        var attachments = experiments.SelectMany(experiment => Attach(experiment, profile)).ToList();
        WriteFile("categories.json", JsonSerializer.SerializeToUtf8Bytes(AllureCategory.All, Json.IReadOnlyListAllureCategory));
        WriteFile("executor.json", JsonSerializer.SerializeToUtf8Bytes(AllureExecutor.Of(profile.Options.Origin, Pipeline.Find(System.Environment.GetEnvironmentVariable)), Json.AllureExecutor));
        // A test that never came to its experiment knows no system, and must not blot out what another wrote.
        if (experiments is [var first, ..])
        {
            WriteFile("environment.properties", Encoding.UTF8.GetBytes(Environment(first)));
        }

        WriteFile($"{result.Uuid}-result.json", JsonSerializer.SerializeToUtf8Bytes(result with { Attachments = attachments }, Json.AllureResult));
    }

    private IEnumerable<AllureAttachment> Attach(RunRecord experiment, Profile profile)
    {
        if (experiment.Observations.Count > 0)
        {
            yield return Attach("Timeline", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(TimelineChart.Draw(experiment)));
            yield return Attach("Latencies", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(LatencyHeatMap.Draw(experiment)));
        }

        if (experiment.Measurements.DataLoss is { LostWrites: { Count: > 0 } lost })
        {
            yield return Attach($"Lost writes: the first {Math.Min(lost.Count, LostShown)} of {lost.Count}", "csv", "text/csv", LostWritesTable.Write(lost.Take(LostShown)));
            yield return Attach("Lost writes: all", "csv", "text/csv", LostWritesTable.Write(lost));
        }

        foreach (var moment in experiment.Logs.GroupBy(excerpt => excerpt.Moment))
        {
            yield return Attach($"Logs around the {moment.Key}", "txt", "text/plain", LogText.Write(moment));
        }

        yield return Attach("Configuration", "json", "application/json", EffectiveConfiguration.Write(profile, experiment));
        yield return Attach("Journal", "json", "application/json", Journal.Write(experiment));
    }

    private AllureAttachment Attach(string name, string extension, string type, byte[] content)
    {
        var source = $"{Guid.NewGuid()}-attachment.{extension}";
        WriteFile(source, content);
        return new AllureAttachment(name, source, type);
    }

    private static string Environment(RunRecord result)
    {
        (string Name, string? Value)[] entries =
        [
            ("System", result.System),
            ("Environment", result.Environment),
            ("Topology", result.Topology),
            ("Profile", result.Origin.Profile),
            ("Branch", result.Origin.Branch),
            ("Commit", result.Origin.Commit),
            ("Host", result.Origin.Host),
            ("Seed", result.Origin.Seed?.ToString(CultureInfo.InvariantCulture)),
            ("Runtime", RuntimeInformation.FrameworkDescription),
            ("OS", RuntimeInformation.OSDescription),
        ];
        return string.Concat(entries.Where(entry => entry.Value is not null).Select(entry => $"{entry.Name}={entry.Value}\n"));
    }

    private void WriteFile(string name, byte[] content)
    {
        var partial = Path.Combine(folder, $".{Guid.NewGuid():N}.partial");
        File.WriteAllBytes(partial, content);
        File.Move(partial, Path.Combine(folder, name), overwrite: true);
    }
}
