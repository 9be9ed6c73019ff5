using System.Collections.Concurrent;
using ChaosHarness.Calls;
using ChaosHarness.Systems;

namespace ChaosHarness.Safety;

/// <summary>
/// Takes a system for a run: within this process one after another, however long that takes, and then with every lease that there is, so that
/// no other process or machine has it at the same time.
/// </summary>
internal sealed class SystemLeases(IReadOnlyList<ISystemLease> leases, TimeProvider time, CallLimits limits)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Here = new(StringComparer.Ordinal);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);
    private readonly ForeignCalls _calls = new(time);

    /// <summary>Takes a system.</summary>
    /// <returns>What holds it, or why it could not be taken.</returns>
    public async Task<(SystemHold? Hold, string? Refusal)> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        var here = Here.GetOrAdd(system.Key, _ => new SemaphoreSlim(1));
        await here.WaitAsync(cancellationToken).ConfigureAwait(false);
        var hold = new SystemHold(here, _calls, limits.LeaseReturn);
        foreach (var lease in leases)
        {
            // One that is taken when nobody waits for it any more is given back.
            var taking = await _calls.TakeAsync(
                new Callee(system.Name, "take the lease"),
                token => lease.TakeAsync(system, holder, wait, token),
                late => late.Held?.DisposeAsync() ?? ValueTask.CompletedTask,
                // Added to less than the most that there is.
                (wait < LongestWait ? wait : LongestWait) + limits.Lease,
                cancellationToken).ConfigureAwait(false);
            if (taking.Value?.Held is not { } held)
            {
                await hold.DisposeAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return (null, taking.Problem ?? taking.Value?.Refusal ?? "the lease gave no answer");
            }

            hold.Add(held);
        }

        return (hold, null);
    }
}
