using System.Text.Json.Serialization;

namespace ChaosHarness.Safety;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FaultJournalLine))]
[JsonSerializable(typeof(HaltOrder))]
[JsonSerializable(typeof(LeaseHolder))]
internal sealed partial class SafetyJson : JsonSerializerContext;
