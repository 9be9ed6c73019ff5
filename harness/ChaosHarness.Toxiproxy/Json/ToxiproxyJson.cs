using System.Text.Json.Serialization;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Json;

/// <summary>What goes over the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, Proxy>))]
[JsonSerializable(typeof(Proxy))]
[JsonSerializable(typeof(List<Proxy>))]
[JsonSerializable(typeof(PopulatedProxies))]
[JsonSerializable(typeof(List<ToxicBase>))]
[JsonSerializable(typeof(List<ProxyConnection>))]
[JsonSerializable(typeof(ToxiProxiErrorMessage))]
[JsonSerializable(typeof(UnknownToxic))]
[JsonSerializable(typeof(LeaseRenewal))]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(LatencyToxic))]
[JsonSerializable(typeof(LatencyToxic.ToxicAttributes), TypeInfoPropertyName = "LatencyAttributes")]
[JsonSerializable(typeof(BandwidthToxic))]
[JsonSerializable(typeof(BandwidthToxic.ToxicAttributes), TypeInfoPropertyName = "BandwidthAttributes")]
[JsonSerializable(typeof(SlowCloseToxic))]
[JsonSerializable(typeof(SlowCloseToxic.ToxicAttributes), TypeInfoPropertyName = "SlowCloseAttributes")]
[JsonSerializable(typeof(TimeoutToxic))]
[JsonSerializable(typeof(TimeoutToxic.ToxicAttributes), TypeInfoPropertyName = "TimeoutAttributes")]
[JsonSerializable(typeof(SlicerToxic))]
[JsonSerializable(typeof(SlicerToxic.ToxicAttributes), TypeInfoPropertyName = "SlicerAttributes")]
[JsonSerializable(typeof(LimitDataToxic))]
[JsonSerializable(typeof(LimitDataToxic.ToxicAttributes), TypeInfoPropertyName = "LimitDataAttributes")]
[JsonSerializable(typeof(ResetPeerToxic))]
[JsonSerializable(typeof(ResetPeerToxic.ToxicAttributes), TypeInfoPropertyName = "ResetPeerAttributes")]
[JsonSerializable(typeof(LimitTimeToxic))]
[JsonSerializable(typeof(LimitTimeToxic.ToxicAttributes), TypeInfoPropertyName = "LimitTimeAttributes")]
[JsonSerializable(typeof(PacketLossToxic))]
[JsonSerializable(typeof(PacketLossToxic.ToxicAttributes), TypeInfoPropertyName = "PacketLossAttributes")]
[JsonSerializable(typeof(SlowConnectToxic))]
[JsonSerializable(typeof(SlowConnectToxic.ToxicAttributes), TypeInfoPropertyName = "SlowConnectAttributes")]
[JsonSerializable(typeof(RefuseConnectToxic))]
internal sealed partial class ToxiproxyJson : JsonSerializerContext;
