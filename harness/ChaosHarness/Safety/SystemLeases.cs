using System.Collections.Concurrent;
using ChaosHarness.Calls;
using ChaosHarness.Systems;

namespace ChaosHarness.Safety;

/// <summary>
/// Takes a system for a run: within this process one after another, however long that takes, and then with every lease that there is, so that
/// no other process or machine has it at the same time.
/// </summary>
internal sealed class SystemLeases(IReadOnlyList<ISystemLease> leases, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Here = new(StringComparer.Ordinal);
    private readonly ForeignCalls _calls = new(time);

    /// <summary>Takes a system.</summary>
    /// <returns>What holds it, or why it could not be taken.</returns>
    public async Task<(SystemHold? Hold, string? Refusal)> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        var here = Here.GetOrAdd(system.Key, _ => new SemaphoreSlim(1));
        await here.WaitAsync(cancellationToken).ConfigureAwait(false);
        var hold = new SystemHold(here, _calls);
        foreach (var lease in leases)
        {
            var taking = await _calls.RunAsync(new Callee(system.Name, "take the lease"), token => TakeAsync(lease, system, holder, wait, token), wait + Patience, cancellationToken).ConfigureAwait(false);
            if (taking.Value?.Held is not { } held)
            {
                await hold.DisposeAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return (null, taking.Problem ?? taking.Value!.Refusal);
            }

            hold.Add(held);
        }

        return (hold, null);
    }

    // One that was taken when nobody waited for it any more is given back.
    private static async ValueTask<LeaseResult> TakeAsync(ISystemLease lease, SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        var result = await lease.TakeAsync(system, holder, wait, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested && result.Held is { } late)
        {
            await late.DisposeAsync().ConfigureAwait(false);
        }

        return result;
    }
}
