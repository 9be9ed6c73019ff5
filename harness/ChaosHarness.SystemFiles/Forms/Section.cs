using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>Names with values, of which each is known.</summary>
/// <param name="name">What it is, such as <c>component</c>.</param>
/// <param name="says">The same in a sentence.</param>
/// <param name="fields">The names that may stand in it.</param>
/// <param name="check">Says what is wrong with values that are right one by one.</param>
internal sealed class Section(string name, string says, IReadOnlyList<Field> fields, Action<Values, Mistakes>? check = null) : Form<Values>
{
    public string Name => name;

    public string Says => says;

    public IReadOnlyList<Field> Fields => fields;

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out Values value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            reading.Mistakes.Add(node.At, $"{node.Kind} stands where a {name} belongs: {string.Join(", ", fields.Select(field => field.Name + ":"))}.");
            return false;
        }

        value = new Values(node.At);
        foreach (var (written, content) in map.Entries)
        {
            if (fields.FirstOrDefault(field => field.Name == written.Value) is not { } field)
            {
                var meant = Likeness.Nearest(written.Value, fields.Select(known => known.Name));
                reading.Mistakes.Add(written.At, $"a {name} has no '{written.Value}'{(meant is null ? $"; it has {string.Join(", ", fields.Select(known => known.Name))}" : $"; did you mean '{meant}'?")}{(meant is null ? "." : "")}");
            }
            else
            {
                value.Add(field, field.TryRead(content, reading, out var read) ? read : null, content.At);
            }
        }

        foreach (var missing in fields.Where(field => field.IsRequired).Where(field => map.Entries.All(entry => entry.Name.Value != field.Name)))
        {
            reading.Mistakes.Add(node.At, $"'{missing.Name}' of this {name} is missing: {missing.Says}");
        }

        check?.Invoke(value, reading.Mistakes);
        return true;
    }

    public override JsonObject Schema(SchemaWriter schema) => schema.Reference(this);
}
