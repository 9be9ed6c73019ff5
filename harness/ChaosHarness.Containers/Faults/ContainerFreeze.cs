using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerFreeze(ContainerComponent container) : ContainerFault(container)
{
    public override string Description => $"freeze {Target}";

    // It may be fenced while it is frozen, and has to be started then.
    protected override string? WhyNot(FoundContainer found) => WhyNoWayBack(found);

    protected override RevertRecipe Plan(FoundContainer found) => UnpauseContainer.Recipe(HeldContainer.Of(Engine, found));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await Engine.DoAsync(Description, (client, token) => client.Containers.PauseContainerAsync(HeldContainer.Of(recipe).Id, token), cancellationToken).ConfigureAwait(false);

    protected override Presence IsThere(RevertRecipe recipe, FoundContainer found) => found.State switch
    {
        { Paused: true } => Presence.There,
        { Running: true } => Presence.Gone($"{Target} was unpaused"),
        _ => Presence.Superseded($"{Target} was ended while it was frozen, as fencing does"),
    };

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await UnpauseContainer.UnpauseAsync(Engine, HeldContainer.Of(recipe), cancellationToken).ConfigureAwait(false);

    protected override async ValueTask<string?> WhyUnseenAsync(ProbeSight sight, CancellationToken cancellationToken) =>
        (await PublishedPortsAsync(cancellationToken).ConfigureAwait(false)).Contains(sight.Port.ToString(CultureInfo.InvariantCulture))
            ? $"connections to a frozen container are accepted for it, at port {sight.Port.ToString(CultureInfo.InvariantCulture)} too; use a probe that gets an answer, such as HttpProbe or SqlProbe"
            : null;
}
