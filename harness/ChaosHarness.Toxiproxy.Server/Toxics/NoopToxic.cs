using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>Passes everything on.</summary>
internal sealed class NoopToxic : IToxic
{
    public static ToxicType Type { get; } = new("noop", () => new NoopToxic());
}
