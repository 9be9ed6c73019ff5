using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChaosHarness.Reports.Audits;

/// <summary>What a pack consists of.</summary>
/// <param name="Schema">The version of this form.</param>
/// <param name="Run">The run that it is of.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
/// <param name="WrittenBy">By what.</param>
/// <param name="Missing">What is not in the pack that usually is, and why.</param>
/// <param name="Files">Every file but the manifest, by path.</param>
internal sealed record Manifest(int Schema, string Run, DateTimeOffset WrittenAt, string WrittenBy, IReadOnlyList<string> Missing, IReadOnlyList<ManifestFile> Files)
{
    public const string FileName = "manifest.json";
    public const int CurrentSchema = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">It is none, one of a later version, or names a file that cannot be of the pack.</exception>
    public static Manifest Read(ReadOnlySpan<byte> json)
    {
        Manifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<Manifest>(json, Json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is no manifest of a pack: {exception.Message}", exception);
        }

        return manifest switch
        {
            null or { Schema: < 1 } => throw new FormatException("it is no manifest of a pack."),
            { Schema: > CurrentSchema } => throw new FormatException($"it has schema {manifest.Schema}; this version reads up to {CurrentSchema}."),
            _ when manifest.Files.FirstOrDefault(file => !ManifestFile.IsWithin(file.Path)) is { } outside => throw new FormatException($"it names '{outside.Path}', which is no file of the pack."),
            _ when manifest.Files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice => throw new FormatException($"it names '{twice.Key}' more than once."),
            _ => manifest,
        };
    }
}
