using System.Text.Json.Serialization;

namespace ChaosHarness.Experiments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenRunHeader))]
internal sealed partial class OpenRunJson : JsonSerializerContext;
