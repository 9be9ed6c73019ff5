using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Systems;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BreakerReport))]
internal sealed partial class BreakerReportJson : JsonSerializerContext;
