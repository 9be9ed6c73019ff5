using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Polly;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BreakerReport))]
internal sealed partial class BreakerJson : JsonSerializerContext;
