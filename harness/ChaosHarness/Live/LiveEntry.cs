using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Live;

/// <summary>A line of a live feed: one of the three.</summary>
/// <param name="Run">What a run is like.</param>
/// <param name="End">How a test ended.</param>
public sealed record LiveEntry(LiveSnapshot? Run = null, LiveEnd? End = null)
{
    /// <summary>The ids of all experiments there are, whichever of them are to run; told once, before the first begins.</summary>
    /// <value>Default: null, the line tells something else.</value>
    public IReadOnlyList<string>? Experiments { get; init; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">JSON.</param>
    /// <returns>The entry; null when the line is none, such as one that was not written to its end.</returns>
    public static LiveEntry? Read(string line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, LiveJson.Default.LiveEntry);
            return entry is null or { Run: null or { RunId: not null, Name: not null, System: not null }, End: null or { Name: not null } } ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The entry as a line.</summary>
    /// <returns>JSON without an end of line.</returns>
    public string Write() => JsonSerializer.Serialize(this, LiveJson.Default.LiveEntry);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LiveEntry))]
internal sealed partial class LiveJson : JsonSerializerContext;
