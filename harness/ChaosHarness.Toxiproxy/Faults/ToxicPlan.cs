using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Faults;

/// <summary>A toxic that a fault adds.</summary>
/// <param name="Make">Makes it.</param>
/// <param name="IsOptional">Whether the fault does without it on a server that does not know its type.</param>
internal sealed record ToxicPlan(Func<ToxicBase> Make, bool IsOptional = false);
