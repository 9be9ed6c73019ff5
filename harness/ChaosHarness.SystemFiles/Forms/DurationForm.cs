using System.Globalization;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;
using ChaosHarness.Timing;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>A duration within bounds.</summary>
internal sealed class DurationForm(TimeSpan least, TimeSpan most, string example) : Form<TimeSpan>
{
    public override bool TryRead(YamlNode node, Reading reading, out TimeSpan value)
    {
        value = default;
        if (node is YamlText text && DurationText.TryParse(text.Value, out value) && value >= least && value <= most)
        {
            return true;
        }

        reading.Mistakes.Add(node.At, $"{node.Kind} is no duration from {Bound(least)} to {Bound(most)}, such as {example}.");
        return false;
    }

    private static string Bound(TimeSpan time) => time.TotalHours >= 1 && time.TotalHours == Math.Floor(time.TotalHours) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours}h")
        : time.TotalMinutes >= 1 && time.TotalMinutes == Math.Floor(time.TotalMinutes) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes}m")
        : DurationText.Format(time);

    public override JsonObject Schema(SchemaWriter schema) => new() { ["type"] = "string", ["pattern"] = @"^\s*[0-9]+(\.[0-9]+)?\s*[a-zµ]+", ["examples"] = new JsonArray(example) };
}
