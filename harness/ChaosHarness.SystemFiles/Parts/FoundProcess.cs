using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>A process that something else started, found as its file says.</summary>
/// <param name="process">What is known of it.</param>
/// <param name="search">How it is looked for; null where its number stands in a file.</param>
/// <param name="ready">When it is ready again; null where its start says it by returning.</param>
internal sealed class FoundProcess(ExternalProcess process, ProcessSearch? search, IReadiness? ready) : IProcessComponent
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public Component Component => process.Component;

    public RevertRecipe RestartRecipe => process.RestartRecipe;

    public ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken) => process.FindAsync(cancellationToken);

    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        await process.RestoreAsync(cancellationToken).ConfigureAwait(false);
        if (ready is null)
        {
            return;
        }

        var since = TimeProvider.System.GetTimestamp();
        while (await ready.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } why)
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"{Component.Name} was started, and is not ready after {DurationText.Format(Patience)}: {why}.");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        if (search?.WhyNotFound() is { } unclear)
        {
            return $"{Component.Name} is not found: {unclear}";
        }

        return await process.WhyNotReadyAsync(cancellationToken).ConfigureAwait(false)
            ?? (ready is null ? null : await ready.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } why ? $"{Component.Name} runs and is not ready: {why}" : null);
    }
}
