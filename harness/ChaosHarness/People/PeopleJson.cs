using System.Text.Json.Serialization;

namespace ChaosHarness.People;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PersonAct))]
[JsonSerializable(typeof(AttendedRun))]
[JsonSerializable(typeof(SessionBoard))]
internal sealed partial class PeopleJson : JsonSerializerContext;
