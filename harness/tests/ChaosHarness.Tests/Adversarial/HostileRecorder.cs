using ChaosHarness.Experiments;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A recorder that is hostile, or one that is not and keeps what it received.</summary>
internal sealed class HostileRecorder(HostileShop shop, Hostility? hostility) : IExperimentRecorder
{
    public List<RunRecord> Received { get; } = [];

    public async ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
    {
        if (hostility is { } how)
        {
            await shop.DoAsync(how, 0, cancellationToken);
        }

        Received.Add(result);
    }
}
