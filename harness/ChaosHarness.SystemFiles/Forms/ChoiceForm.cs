using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceForm<T>(params IReadOnlyList<(string Word, T Value)> words) : Form<T>
{
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        foreach (var (word, meaning) in words)
        {
            if (node is YamlText text && text.Value == word)
            {
                value = meaning;
                return true;
            }
        }

        var meant = node is YamlText written ? Likeness.Nearest(written.Value, words.Select(known => known.Word)) : null;
        reading.Mistakes.Add(node.At, $"{node.Kind} is none of {string.Join(", ", words.Select(known => known.Word))}{(meant is null ? "." : $"; did you mean '{meant}'?")}");
        value = default;
        return false;
    }

    public override JsonObject Schema(SchemaWriter schema) => new() { ["enum"] = new JsonArray([.. words.Select(known => (JsonNode)known.Word)]) };
}
