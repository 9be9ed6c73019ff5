using System.Text.Json.Serialization;

namespace ChaosHarness.GameDay.Termination;

/// <summary>The log of terminations as JSON, an entry a line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TerminationEntry))]
internal sealed partial class TerminationJson : JsonSerializerContext;
