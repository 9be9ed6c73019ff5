using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A lease that is hostile when it is taken, watched, or given back.</summary>
internal sealed class HostileLease(HostileShop shop) : ISystemLease
{
    private int _held;

    public Hostility? Taking { get; init; }

    public Hostility? Watching { get; init; }

    public Hostility? GivingBack { get; init; }

    /// <summary>How many leases nobody has given back.</summary>
    public int Held => Volatile.Read(ref _held);

    public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        await DoAsync(Taking, cancellationToken);
        Interlocked.Increment(ref _held);
        return LeaseResult.Taken(new HeldLease(this));
    }

    private async ValueTask DoAsync(Hostility? hostility, CancellationToken cancellationToken)
    {
        if (hostility is { } how)
        {
            await shop.DoAsync(how, 0, cancellationToken);
        }
    }

    private sealed class HeldLease(HostileLease lease) : IHeldLease
    {
        public Task<string> Lost
        {
            get
            {
                lease.DoAsync(lease.Watching, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                return new TaskCompletionSource<string>().Task;
            }
        }

        public ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken) => lease.DoAsync(lease.GivingBack, cancellationToken);

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref lease._held);
            return lease.DoAsync(lease.GivingBack, CancellationToken.None);
        }
    }
}
