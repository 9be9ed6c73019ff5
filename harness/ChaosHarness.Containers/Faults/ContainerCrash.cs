using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerCrash(ContainerComponent container) : EndedContainer(container)
{
    public override string Description => $"crash {Target}";

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => await Engine.DoAsync(
        Description,
        (client, token) => client.Containers.KillContainerAsync(HeldContainer.Of(recipe).Id, new() { Signal = "KILL" }, token),
        cancellationToken,
        TimeSpan.FromSeconds(10)).ConfigureAwait(false);
}
