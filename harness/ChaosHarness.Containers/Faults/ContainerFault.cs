using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>What all faults on a container share: finding it, and telling it from another of its name.</summary>
internal abstract class ContainerFault(ContainerComponent container) : Fault
{
    private const string Running = "running";

    public override IReadOnlyList<string> Targets => [container.Component.Name];

    protected string Target => container.Component.Name;

    protected ContainerEngine Engine => container.Engine;

    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await container.FindAsync(cancellationToken).ConfigureAwait(false) is not { } found
                ? Preflight.NotReady($"there is no {container.Search.Shown} on {Engine.Endpoint}; start {Target} first, or name the right one")
                : found.State.Status != Running
                ? Preflight.NotReady($"{Target} is {found.State.Status} and not running, so it cannot be made to fail; start it first")
                : WhyNot(found) is { } obstacle ? Preflight.NotReady(obstacle) : Preflight.Ready;
        }
        catch (EngineException exception)
        {
            return Preflight.NotReady(exception.Message);
        }
    }

    protected override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        Plan(await container.FindAsync(cancellationToken).ConfigureAwait(false) ?? throw new EngineException($"{Target} was removed before it could be made to fail."));

    protected override async ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            var held = HeldContainer.Of(recipe);
            return await held.FindAsync(Engine, cancellationToken).ConfigureAwait(false) is { } found
                ? IsThere(recipe, found)
                : await held.SuccessorAsync(Engine, cancellationToken).ConfigureAwait(false) is { } other
                ? Replaced($"container {held.Name} ({held.ShortId}) was replaced by another of its name ({other.Id[..12]})")
                : Presence.Gone($"container {held.Name} ({held.ShortId}) was removed");
        }
        catch (EngineException)
        {
            return Presence.Unknown;
        }
    }

    /// <summary>The ports of this machine that lead to it.</summary>
    protected async Task<IReadOnlyList<string>> PublishedPortsAsync(CancellationToken cancellationToken) =>
        [.. (await container.FindAsync(cancellationToken).ConfigureAwait(false))?.PublishedPorts ?? []];

    /// <summary>Why it must not be hit; null when it may.</summary>
    protected virtual string? WhyNot(FoundContainer found) => null;

    /// <summary>How it is undone.</summary>
    protected abstract RevertRecipe Plan(FoundContainer found);

    /// <summary>Whether it is in force on the container that it was planned for.</summary>
    protected abstract Presence IsThere(RevertRecipe recipe, FoundContainer found);

    /// <summary>What it means that there is a new container in the place of the one that was hit.</summary>
    protected virtual Presence Replaced(string detail) => Presence.Gone(detail);

    /// <summary>Why one that is ended could not be started again; null when it could.</summary>
    protected string? WhyNoWayBack(FoundContainer found) => found.Host.AutoRemove
        ? $"{Target} is removed by its engine as soon as it ends, so nothing could start it again; run it without --rm (AutoRemove)"
        : null;
}
