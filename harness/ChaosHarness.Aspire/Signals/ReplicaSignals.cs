using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Systems;

namespace ChaosHarness.Aspire.Signals;

/// <summary>What Aspire says of replicas: when they end and when they run, and what their health checks find.</summary>
internal sealed class ReplicaSignals(ResourceNotificationService notifications, IReadOnlyList<AspireReplica> replicas) : ISignalSource
{
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        var changes = replicas.ToDictionary(replica => replica.Id, replica => new ReplicaChanges(replica.Component.Name));
        return new Subscription(async (pass, token) =>
        {
            await foreach (var told in notifications.WatchAsync(token).ConfigureAwait(false))
            {
                if (changes.TryGetValue(told.ResourceId, out var replica))
                {
                    foreach (var signal in replica.Next(ReplicaState.Of(told.Snapshot), TimeProvider.System.GetTimestamp()))
                    {
                        pass(() => onSignal(signal));
                    }
                }
            }
        });
    }
}
