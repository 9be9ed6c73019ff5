using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerRestart(ContainerComponent container) : EndedContainer(container)
{
    public override string Description => $"restart {Target}";

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => await Engine.DoAsync(
        Description,
        (client, token) => client.Containers.RestartContainerAsync(HeldContainer.Of(recipe).Id, new() { WaitBeforeKillSeconds = (uint)ContainerStop.Grace.TotalSeconds }, token),
        cancellationToken,
        ContainerStop.Grace).ConfigureAwait(false);

    // It is over once it has taken effect: that it runs says nothing.
    protected override Presence IsThere(RevertRecipe recipe, FoundContainer found) => Presence.Unknown;
}
