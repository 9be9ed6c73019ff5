using System.Collections.Concurrent;

namespace ChaosHarness.LocalCloud.Networking;

/// <summary>What keeps subnets from each other at present, in all regions of a cloud: who is cut off in one is cut off from the others too.</summary>
internal sealed class Connectivity
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<Func<int, Subnet?>> _places = new();
    private volatile Disruption[] _disruptions = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds what runs programs, and knows in which subnet the one with a port is.</summary>
    public void AskToo(Func<int, Subnet?> subnetOf) => _places.Enqueue(subnetOf);

    /// <summary>The subnet of whoever is at the other end of a connection; null for somebody who is in none.</summary>
    public Subnet? ClientAt(int port) => _places.Select(place => place(port)).FirstOrDefault(subnet => subnet is not null);

    public IDisposable Disrupt(Disruption disruption)
    {
        Change(all => [.. all, disruption]);
        return new End(this, disruption);
    }

    /// <summary>Whether two ends are cut off from each other.</summary>
    public bool Parts(Subnet? one, Subnet? other) => Array.Exists(_disruptions, disruption => disruption.Parts(one, other));

    /// <summary>Returns when two ends can reach each other.</summary>
    public async ValueTask ReachableAsync(Func<Subnet?> one, Func<Subnet?> other, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (_disruptions.Length == 0 || !Parts(one(), other()))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(Func<Disruption[], Disruption[]> change)
    {
        lock (_gate)
        {
            _disruptions = change(_disruptions);
            Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    private sealed class End(Connectivity connectivity, Disruption disruption) : IDisposable
    {
        public void Dispose() => connectivity.Change(all => [.. all.Where(other => !ReferenceEquals(other, disruption))]);
    }
}
