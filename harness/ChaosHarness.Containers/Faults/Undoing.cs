using ChaosHarness.Containers.Engines;

namespace ChaosHarness.Containers.Faults;

/// <summary>What all that undoes faults on containers shares.</summary>
internal static class Undoing
{
    // What was asked of an engine that hung may be done only when it goes on, and after we have looked.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    /// <summary>The container as it is now; where it looks as if nothing had been done to it, as it is a moment later.</summary>
    public static async Task<FoundContainer?> FindAsync(ContainerEngine engine, HeldContainer held, Func<FoundContainer, bool> isInForce, CancellationToken cancellationToken)
    {
        var found = await held.FindAsync(engine, cancellationToken).ConfigureAwait(false);
        if (found is null || isInForce(found))
        {
            return found;
        }

        await Task.Delay(Settling, cancellationToken).ConfigureAwait(false);
        return await held.FindAsync(engine, cancellationToken).ConfigureAwait(false);
    }
}
