using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.Toxiproxy;
using ChaosHarness.Toxiproxy.Faults;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A link with what can be done to it.</summary>
internal static class LinkPart
{
    /// <summary>Makes it.</summary>
    /// <param name="plan">What it is.</param>
    /// <param name="client">A client of the server that has its proxy.</param>
    public static SweptLink Of(LinkPlan plan, Client client)
    {
        var link = new NetworkLink(plan.Name, client, [plan.Proxy]) { IsOwnedByRun = plan.IsEmbedded };
        return new SweptLink(plan.Name) { Cut = link.Partition(), Slow = delay => link.Latency(delay, direction: LinkDirection.Both) };
    }
}
