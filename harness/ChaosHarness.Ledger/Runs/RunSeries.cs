using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChaosHarness.Ledger.Runs;

/// <summary>
/// Runs that may be compared with each other: of one experiment with the same parameters, on the same system in the same environment and topology, under
/// the same profile. What differs in any of these is another history.
/// </summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Parameters">What its test ran with, as a JSON object with sorted names; <c>{}</c> for none.</param>
/// <param name="System">The system under test.</param>
/// <param name="Environment">Where that runs.</param>
/// <param name="Topology">How it runs.</param>
/// <param name="Profile">The profile; null for none.</param>
public sealed record RunSeries(string ExperimentId, string Parameters, string System, string Environment, string Topology, string? Profile)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>No parameters.</summary>
    public const string NoParameters = "{}";

    /// <summary>What a test that never came to its experiment says of the system.</summary>
    internal const string Unknown = "unknown";

    /// <summary>Whether it says which system it is about, and where.</summary>
    public bool IsOfAKnownSystem => System != Unknown && Environment != Unknown;

    /// <summary>The parameters as people read them, such as <c>later=2s</c>; empty for none.</summary>
    public string ParameterText
    {
        get
        {
            using var document = JsonDocument.Parse(Parameters);
            return string.Join(", ", document.RootElement.EnumerateObject().Select(member => $"{member.Name}={member.Value}"));
        }
    }

    /// <summary>Where it ran, and with what, such as <c>later=2s; shop, local, processes, nightly</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var parameters = ParameterText;
        return (parameters.Length > 0 ? parameters + "; " : "") + $"{System}, {Environment}, {Topology}" + (Profile is { } profile ? ", " + profile : "");
    }

    /// <summary>Writes parameters so that the same ones are the same text.</summary>
    /// <param name="parameters">Values by name.</param>
    /// <returns>A JSON object with sorted names.</returns>
    public static string Write(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return global::System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
