using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Workloads;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HttpWorkloadJson : JsonSerializerContext;
