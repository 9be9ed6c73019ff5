using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A permit that is hostile when it is asked.</summary>
internal sealed class HostilePermit(HostileShop shop, Hostility hostility) : IRunPermit
{
    public async ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken) => await shop.DoAsync(hostility, (string?)null, cancellationToken);
}
