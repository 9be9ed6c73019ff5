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

        reading.Mistakes.Add(node.At, $"{node.Kind} is no duration from {DurationText.Format(least)} to {DurationText.Format(most)}, such as {example}.");
        return false;
    }

    public override JsonObject Schema(SchemaWriter schema) => new() { ["type"] = "string", ["pattern"] = @"^\s*[0-9]+(\.[0-9]+)?\s*[a-zµ]+", ["examples"] = new JsonArray(example) };
}
