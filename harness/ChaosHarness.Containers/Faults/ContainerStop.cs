using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerStop(ContainerComponent container) : EndedContainer(container)
{
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public override string Description => $"stop {Target}";

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => await Engine.DoAsync(
        Description,
        (client, token) => client.Containers.StopContainerAsync(HeldContainer.Of(recipe).Id, new() { WaitBeforeKillSeconds = (uint)Grace.TotalSeconds }, token),
        cancellationToken,
        Grace).ConfigureAwait(false);
}
