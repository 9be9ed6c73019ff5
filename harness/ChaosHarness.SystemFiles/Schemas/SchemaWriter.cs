using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Schemas;

/// <summary>Tells editors what may stand in a file: by JSON schema, made of the same forms that read it.</summary>
internal sealed class SchemaWriter
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SortedDictionary<string, JsonObject?> _sections = new(StringComparer.Ordinal);

    /// <summary>The schema of a section with all that it consists of.</summary>
    public static string Write(Section root)
    {
        var writer = new SchemaWriter();
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "A system for ChaosHarness" };
        foreach (var (name, value) in writer.Object(root).ToList())
        {
            schema[name] = value?.DeepClone();
        }

        schema["$defs"] = new JsonObject(writer._sections.Select(section => KeyValuePair.Create(section.Key, (JsonNode?)section.Value)));
        return schema.ToJsonString(Readable) + "\n";
    }

    /// <summary>A section by its name, which stands once.</summary>
    public JsonObject Reference(Section section)
    {
        if (_sections.TryAdd(section.Name, null))
        {
            _sections[section.Name] = Object(section);
        }

        return new JsonObject { ["$ref"] = "#/$defs/" + section.Name };
    }

    private JsonObject Object(Section section)
    {
        var fields = new JsonObject();
        foreach (var field in section.Fields)
        {
            var schema = field.Form.Schema(this);
            schema["description"] = field.Says;
            fields[field.Name] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = section.Says,
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. section.Fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name)]),
            ["properties"] = fields,
        };
    }
}
