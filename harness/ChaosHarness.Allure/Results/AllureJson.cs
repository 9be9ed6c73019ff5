using System.Text.Json.Serialization;

namespace ChaosHarness.Allure.Results;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AllureResult))]
[JsonSerializable(typeof(AllureExecutor))]
[JsonSerializable(typeof(IReadOnlyList<AllureCategory>))]
internal sealed partial class AllureJson : JsonSerializerContext;
