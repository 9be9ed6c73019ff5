using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using ChaosHarness.Checkers;
using ChaosHarness.Histories;
using ChaosHarness.Probes;

namespace ChaosHarness.Journals;

/// <summary>The JSON schema of journals, made from the types themselves.</summary>
internal static class JournalSchema
{
    private const string RowDescription = "number, due, sent, completed (seconds since the start of the run), verdict (Good, Error, Slow or NotSent), and what was seen when it was not good";

    public static string Write()
    {
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = (JsonObject)JournalJson.Default.JournalDocument.Options.GetJsonSchemaAsNode(typeof(JournalDocument), options);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "The journal of one run of an experiment");
        schema.Insert(2, "description", "Durations and times are seconds; times count from the start of the run. A member that is missing was not measured.");
        return schema.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General) { WriteIndented = true }) + "\n";
    }

    // The exporter cannot look into converters, so what ours write is told here.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = context.TypeInfo.Type;
        if (type == typeof(TimeSpan))
        {
            return new JsonObject { ["type"] = "number", ["description"] = "seconds" };
        }

        if (type == typeof(TimeSpan?))
        {
            return new JsonObject { ["type"] = new JsonArray("number", "null"), ["description"] = "seconds" };
        }

        if (type == typeof(Unit))
        {
            return new JsonObject { ["type"] = "string", ["description"] = "s, count, ratio, or a team's own" };
        }

        if (type == typeof(StoredId))
        {
            return new JsonObject { ["type"] = new JsonArray("integer", "string"), ["description"] = "what the system calls it" };
        }

        return type == typeof(IReadOnlyList<Observation>)
            ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "array", ["description"] = RowDescription, ["minItems"] = 5, ["maxItems"] = 6 } }
            : WithoutRequiredNulls(schema);
    }

    // What is null is not written, so it cannot be required.
    private static JsonNode WithoutRequiredNulls(JsonNode schema)
    {
        if (schema is JsonObject { } members && members["required"] is JsonArray required && members["properties"] is JsonObject properties)
        {
            members["required"] = new JsonArray([.. required.Select(name => name!.GetValue<string>()).Where(name => !AllowsNull(properties[name])).Select(name => JsonValue.Create(name))]);
        }

        return schema;
    }

    private static bool AllowsNull(JsonNode? property) =>
        property is JsonObject members && members["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null");
}
