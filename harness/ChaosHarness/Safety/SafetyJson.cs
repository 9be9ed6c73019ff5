using System.Text.Json.Serialization;
using ChaosHarness.Safety.Watchdogs;

namespace ChaosHarness.Safety;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FaultJournalLine))]
[JsonSerializable(typeof(HaltOrder))]
[JsonSerializable(typeof(LeaseHolder))]
[JsonSerializable(typeof(WatchOrder))]
[JsonSerializable(typeof(WatchdogState))]
internal sealed partial class SafetyJson : JsonSerializerContext;
