using ChaosHarness.Histories;
using ChaosHarness.Safety;

namespace ChaosHarness.Live;

/// <summary>A fault that is in force.</summary>
/// <param name="Name">What it does.</param>
/// <param name="For">For how many seconds it has been.</param>
/// <param name="Left">Seconds after which it is undone at the latest.</param>
public sealed record LiveFault(string Name, double For, double Left)
{
    internal static LiveFault Of(FaultWindow fault, TimeSpan now) =>
        new(Secrets.Mask(fault.Name), (now - fault.Injected!.Value.Start).TotalSeconds, Math.Max((fault.Planned.End - now).TotalSeconds, 0));
}
