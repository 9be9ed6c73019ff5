using System.Text.Encodings.Web;
using System.Text.Json;
using ChaosHarness.Experiments;

namespace ChaosHarness.Journals;

/// <summary>The full record of a run as JSON. Durations are seconds; the schema is in docs/journal.schema.json.</summary>
public static class Journal
{
    /// <summary>How the files end.</summary>
    public const string Suffix = ".journal.json";

    // Texts hold quotes and arrows that people are to read; the files are never put into HTML unescaped.
    private static readonly JournalJson Json = new(new JsonSerializerOptions(JournalJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a record.</summary>
    /// <param name="result">The record.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] Write(ExperimentResult result) =>
        JsonSerializer.SerializeToUtf8Bytes(new JournalDocument(JournalDocument.CurrentSchema, result), Json.JournalDocument);

    /// <summary>Reads a record.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <returns>The record.</returns>
    /// <exception cref="FormatException">It is no journal, or one of a later schema; the message says which.</exception>
    public static ExperimentResult Read(ReadOnlySpan<byte> json)
    {
        JournalDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, Json.JournalDocument);
        }
        catch (Exception exception) when (exception is JsonException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"This is not a journal: {exception.Message}", exception);
        }

        return document switch
        {
            { Schema: <= JournalDocument.CurrentSchema and > 0, Result: not null } => document.Result,
            { Schema: > JournalDocument.CurrentSchema } => throw new FormatException($"This journal has schema {document.Schema}; this version reads up to {JournalDocument.CurrentSchema}."),
            _ => throw new FormatException("This is not a journal: it has no schema or no result."),
        };
    }
}
