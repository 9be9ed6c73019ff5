using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Json;

/// <summary>Directions as servers write them, whatever their case.</summary>
internal sealed class ToxicDirectionConverter : JsonConverter<ToxicDirection>
{
    public override ToxicDirection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        string.Equals(reader.GetString(), "upstream", StringComparison.OrdinalIgnoreCase) ? ToxicDirection.UpStream : ToxicDirection.DownStream;

    public override void Write(Utf8JsonWriter writer, ToxicDirection value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == ToxicDirection.UpStream ? "upstream" : "downstream");
}
