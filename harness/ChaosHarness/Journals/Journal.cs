using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChaosHarness.Experiments;

namespace ChaosHarness.Journals;

/// <summary>The full record of a run as JSON. Durations are seconds; the schema is in docs/journal.schema.json.</summary>
public static class Journal
{
    /// <summary>How the files end.</summary>
    public const string Suffix = ".journal.json";

    private const int EarlierSchema = 1;

    // Texts hold quotes and arrows that people are to read; the files are never put into HTML unescaped.
    private static readonly JournalJson Json = new(new JsonSerializerOptions(JournalJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record.</summary>
    /// <param name="result">The record.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(RunRecord result) =>
        JsonSerializer.SerializeToUtf8Bytes(new JournalDocument(JournalDocument.CurrentSchema, result), Json.JournalDocument);

    /// <summary>Reads a record.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">It is no journal, or one of a later schema; the message says which.</exception>
    public static RunRecord Read(ReadOnlySpan<byte> json)
    {
        JournalDocument? document;
        try
        {
            document = SchemaOf(json) == EarlierSchema ? ReadEarlier(json) : JsonSerializer.Deserialize(json, Json.JournalDocument);
        }
        catch (Exception exception) when (exception is JsonException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw SchemaOf(json) is > JournalDocument.CurrentSchema and var later ? FromALaterVersion(later) : new FormatException($"This is not a journal: {exception.Message}", exception);
        }

        return document switch
        {
            { Schema: <= JournalDocument.CurrentSchema and > 0, Result: not null } => document.Result,
            { Schema: > JournalDocument.CurrentSchema } => throw FromALaterVersion(document.Schema),
            _ => throw new FormatException("This is not a journal: it has no schema or no result."),
        };
    }

    private static JournalDocument? ReadEarlier(ReadOnlySpan<byte> json)
    {
        var node = JsonNode.Parse(json);
        if (node is JsonObject document)
        {
            EarlierJournal.Upgrade(document);
        }

        return node.Deserialize(Json.JournalDocument);
    }

    private static FormatException FromALaterVersion(int schema) => new($"This journal has schema {schema}; this version reads up to {JournalDocument.CurrentSchema}.");

    // What a later version wrote may not fit our types at all; what it is, it says first.
    private static int? SchemaOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.ValueTextEquals("schema"u8) && reader.Read() && reader.TryGetInt32(out var schema) ? schema : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
