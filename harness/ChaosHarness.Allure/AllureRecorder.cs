using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Allure.Attachments;
using ChaosHarness.Allure.Charts;
using ChaosHarness.Allure.Results;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Origins;

namespace ChaosHarness.Allure;

/// <summary>Writes results into the folder that Allure reads, each file as a whole or not at all.</summary>
/// <param name="folder">Created if missing.</param>
/// <param name="settings">What the tests run with.</param>
public sealed class AllureRecorder(string folder, RecorderSettings settings) : ITestRecorder
{
    private const int LostShown = 100;
    private static readonly AllureJson Json = new(new JsonSerializerOptions(AllureJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public async ValueTask RecordAsync(TestRecord test, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(test);
        Directory.CreateDirectory(folder);
        var attachments = new List<AllureAttachment>();
        foreach (var (name, extension, type, content) in test.Runs.SelectMany(run => AttachmentsOf(test, run)))
        {
            var source = $"{Guid.NewGuid()}-attachment.{extension}";
            await WriteAsync(source, content, cancellationToken).ConfigureAwait(false);
            attachments.Add(new AllureAttachment(name, source, type));
        }

        await WriteAsync("categories.json", JsonSerializer.SerializeToUtf8Bytes(AllureCategory.All, Json.IReadOnlyListAllureCategory), cancellationToken).ConfigureAwait(false);
        var executor = AllureExecutor.Of(test.Options.Origin, Pipeline.Find(Environment.GetEnvironmentVariable));
        await WriteAsync("executor.json", JsonSerializer.SerializeToUtf8Bytes(executor, Json.AllureExecutor), cancellationToken).ConfigureAwait(false);
        // A test that never came to its experiment knows no system, and must not blot out what another wrote.
        if (test.Runs.FirstOrDefault(run => run.Phases.Any(phase => phase.Status != PhaseStatus.Skipped)) is { } known)
        {
            await WriteAsync("environment.properties", Encoding.UTF8.GetBytes(EnvironmentProperties.Of(known)), cancellationToken).ConfigureAwait(false);
        }

        // The result last: whoever finds it finds all that it names.
        var result = AllureTest.From(test) with { Attachments = attachments };
        await WriteAsync($"{result.Uuid}-result.json", JsonSerializer.SerializeToUtf8Bytes(result, Json.AllureResult), cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<(string Name, string Extension, string Type, byte[] Content)> AttachmentsOf(TestRecord test, RunRecord run)
    {
        if (run.Observations.Count > 0)
        {
            yield return ("Timeline", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(TimelineChart.Draw(run)));
            yield return ("Latencies", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(LatencyHeatMap.Draw(run)));
        }

        if (run.LostWrites is { Count: > 0 } lost)
        {
            yield return ($"Lost writes: the first {Math.Min(lost.Count, LostShown)} of {lost.Count}", "csv", "text/csv", LostWritesTable.Write(lost.Take(LostShown)));
            yield return ("Lost writes: all", "csv", "text/csv", LostWritesTable.Write(lost));
        }

        foreach (var restore in run.Restores)
        {
            yield return ($"Restore drill: {restore.Name}", "html", "text/html", RestorePage.Write(restore));
        }

        if (run.Figures.Count > 0)
        {
            yield return ("Figures", "csv", "text/csv", FiguresTable.Write(run.Figures));
        }

        foreach (var moment in run.Logs.GroupBy(excerpt => excerpt.Moment))
        {
            yield return ($"Logs around the {moment.Key}", "txt", "text/plain", LogText.Write(moment));
        }

        yield return ("Configuration", "json", "application/json", EffectiveConfiguration.Write(test, run, settings));
        yield return ("Journal", "json", "application/json", Journal.Write(run));
    }

    private async Task WriteAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(folder, $".{Guid.NewGuid():N}.partial");
        await File.WriteAllBytesAsync(partial, content, cancellationToken).ConfigureAwait(false);
        File.Move(partial, Path.Combine(folder, name), overwrite: true);
    }
}
