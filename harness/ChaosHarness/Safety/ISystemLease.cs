using ChaosHarness.Systems;

namespace ChaosHarness.Safety;

/// <summary>
/// Sees to it that one system is broken by one run at a time. Within one process the harness does that itself; this is for other processes
/// and other machines. Where it cannot tell whether somebody else holds the system, it refuses.
/// </summary>
public interface ISystemLease
{
    /// <summary>Takes a system for a run.</summary>
    /// <param name="system">The system, told from others by its <see cref="SystemIdentity.Key"/>.</param>
    /// <param name="holder">Who wants it.</param>
    /// <param name="wait">How long to wait for whoever has it; zero to be refused at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease, or why there is none.</returns>
    ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken);
}
