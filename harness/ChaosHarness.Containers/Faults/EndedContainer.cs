using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>What faults share that end a container.</summary>
internal abstract class EndedContainer(ContainerComponent container) : ContainerFault(container)
{
    protected override string? WhyNot(FoundContainer found) => WhyNoWayBack(found);

    protected override RevertRecipe Plan(FoundContainer found) => StartContainer.Recipe(HeldContainer.Of(Engine, found));

    // Whatever brought it back, the system did not wait for the revert: that is what it is measured on.
    protected override Presence IsThere(RevertRecipe recipe, FoundContainer found) => found.State.Running ? Presence.Superseded($"{Target} was started again") : Presence.There;

    protected override Presence Replaced(string detail) => Presence.Superseded(detail);

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await StartContainer.StartAsync(Engine, HeldContainer.Of(recipe), cancellationToken).ConfigureAwait(false);
}
