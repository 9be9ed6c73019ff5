using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>Names that the file makes up, with texts.</summary>
/// <param name="what">What they are.</param>
internal sealed class MapForm(string what) : Form<IReadOnlyDictionary<string, string>>
{
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, string> value)
    {
        value = null;
        if (node is not YamlMap map || map.Entries.Any(entry => entry.Value is not YamlText))
        {
            reading.Mistakes.Add(node.At, $"{node.Kind} stands where {what} belong, each with a text.");
            return false;
        }

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var text = ((YamlText)entry.Value).Value;
            if (Variables.TryFill(entry.Value.At, reading, ref text))
            {
                texts[entry.Name.Value] = text;
            }
        }

        value = texts;
        return true;
    }

    public override JsonObject Schema(SchemaWriter schema) => new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } };
}
