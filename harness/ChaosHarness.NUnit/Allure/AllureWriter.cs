using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Charts;

namespace ChaosHarness.NUnit.Allure;

/// <summary>Writes results into the folder that Allure reads, each file as a whole or not at all.</summary>
internal sealed class AllureWriter(string folder)
{
    private static readonly AllureJson Json = new(new JsonSerializerOptions(AllureJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Write(AllureResult result, IReadOnlyList<ExperimentResult> experiments)
    {
        Directory.CreateDirectory(folder);
        var attachments = experiments.SelectMany(Attach).ToList();
        WriteFile("categories.json", JsonSerializer.SerializeToUtf8Bytes(AllureCategory.All, Json.IReadOnlyListAllureCategory));
        WriteFile("environment.properties", Encoding.UTF8.GetBytes(Environment(experiments)));
        WriteFile($"{result.Uuid}-result.json", JsonSerializer.SerializeToUtf8Bytes(result with { Attachments = attachments }, Json.AllureResult));
    }

    private IEnumerable<AllureAttachment> Attach(ExperimentResult experiment)
    {
        if (experiment.Observations.Count > 0)
        {
            yield return Attach("Timeline", "svg", "image/svg+xml", Encoding.UTF8.GetBytes(TimelineChart.Draw(experiment)));
        }

        yield return Attach("Journal", "json", "application/json", Journal.Write(experiment));
    }

    private AllureAttachment Attach(string name, string extension, string type, byte[] content)
    {
        var source = $"{Guid.NewGuid()}-attachment.{extension}";
        WriteFile(source, content);
        return new AllureAttachment(name, source, type);
    }

    private static string Environment(IReadOnlyList<ExperimentResult> experiments)
    {
        var first = experiments is [var result, ..] ? result : null;
        return string.Join(
            '\n',
            $"System={first?.System ?? "none"}",
            $"Environment={first?.Environment ?? "none"}",
            $"Topology={first?.Topology ?? "none"}",
            $"Runtime={System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}",
            $"OS={System.Runtime.InteropServices.RuntimeInformation.OSDescription}",
            "");
    }

    private void WriteFile(string name, byte[] content)
    {
        var partial = Path.Combine(folder, $".{Guid.NewGuid():N}.partial");
        File.WriteAllBytes(partial, content);
        File.Move(partial, Path.Combine(folder, name), overwrite: true);
    }
}
