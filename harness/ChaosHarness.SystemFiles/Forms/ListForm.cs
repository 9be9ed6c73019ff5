using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>Several of a form, or one alone.</summary>
internal sealed class ListForm<T>(Form<T> item) : Form<IReadOnlyList<T>>
{
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        var read = new List<T>();
        foreach (var one in node is YamlList list ? list.Items : [node])
        {
            if (item.TryRead(one, reading, out var found))
            {
                read.Add(found);
            }
        }

        value = read;
        return true;
    }

    public override JsonObject Schema(SchemaWriter schema) => new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "array", ["items"] = item.Schema(schema) }, item.Schema(schema)) };
}
