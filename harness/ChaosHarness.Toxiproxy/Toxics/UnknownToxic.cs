using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Toxics;

/// <summary>A toxic of a type that this client does not know.</summary>
public sealed class UnknownToxic : ToxicBase
{
    /// <summary>Its attributes, as the server wrote them.</summary>
    public JsonElement? Attributes { get; set; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Type => TypeName;

    /// <summary>The name of its type.</summary>
    [JsonPropertyName("type")]
    public string TypeName { get; set; } = "";
}
