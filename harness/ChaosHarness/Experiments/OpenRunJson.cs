using System.Text.Json.Serialization;

namespace ChaosHarness.Experiments;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenRunHeader))]
[JsonSerializable(typeof(PlanRecord))]
[JsonSerializable(typeof(UnfinishedTest))]
internal sealed partial class OpenRunJson : JsonSerializerContext;
