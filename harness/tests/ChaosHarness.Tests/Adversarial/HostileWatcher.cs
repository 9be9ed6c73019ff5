using ChaosHarness.Experiments;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A watcher that is hostile, or one that is not and keeps what it saw last.</summary>
internal sealed class HostileWatcher(HostileShop shop, Hostility? hostility) : IRunWatcher
{
    public IReadOnlyList<PhaseRecord> Seen { get; private set; } = [];

    public async Task WatchAsync(LiveRun run, CancellationToken over)
    {
        if (hostility is { } how)
        {
            await shop.DoAsync(how, 0, over);
        }

        await Task.Delay(Timeout.Infinite, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Seen = run.Phases;
    }
}
