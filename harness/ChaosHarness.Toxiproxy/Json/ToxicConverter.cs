using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Json;

/// <summary>Reads a toxic as the class of its type, wherever in the object the type stands; one of a type that is not known here keeps its attributes as they came.</summary>
internal sealed class ToxicConverter : JsonConverter<ToxicBase>
{
    private static readonly Dictionary<string, JsonTypeInfo> Types = new(StringComparer.Ordinal)
    {
        [ToxicTypenames.LatencyToxic] = ToxiproxyJson.Default.LatencyToxic,
        [ToxicTypenames.BandwidthToxic] = ToxiproxyJson.Default.BandwidthToxic,
        [ToxicTypenames.SlowCloseToxic] = ToxiproxyJson.Default.SlowCloseToxic,
        [ToxicTypenames.TimeoutToxic] = ToxiproxyJson.Default.TimeoutToxic,
        [ToxicTypenames.SlicerToxic] = ToxiproxyJson.Default.SlicerToxic,
        [ToxicTypenames.LimitDataToxic] = ToxiproxyJson.Default.LimitDataToxic,
        [ToxicTypenames.ResetPeerToxic] = ToxiproxyJson.Default.ResetPeerToxic,
        [ToxicTypenames.LimitTimeToxic] = ToxiproxyJson.Default.LimitTimeToxic,
        [ToxicTypenames.PacketLossToxic] = ToxiproxyJson.Default.PacketLossToxic,
        [ToxicTypenames.SlowConnectToxic] = ToxiproxyJson.Default.SlowConnectToxic,
        [ToxicTypenames.RefuseConnectToxic] = ToxiproxyJson.Default.RefuseConnectToxic,
        [ToxicTypenames.HangConnectToxic] = ToxiproxyJson.Default.HangConnectToxic,
    };

    public static JsonTypeInfo TypeOf(ToxicBase toxic) => toxic is UnknownToxic ? ToxiproxyJson.Default.UnknownToxic : Types[toxic.Type];

    public override ToxicBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var toxic = document.RootElement;
        var type = toxic.GetProperty("type").GetString() ?? "";
        return (ToxicBase)toxic.Deserialize(Types.GetValueOrDefault(type) ?? ToxiproxyJson.Default.UnknownToxic)!;
    }

    public override void Write(Utf8JsonWriter writer, ToxicBase value, JsonSerializerOptions options) => ToxicJson.Write(value).WriteTo(writer);
}
