using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerCut(ContainerComponent container, string? network) : ContainerFault(container)
{
    public override string Description => network is null ? $"cut {Target} off" : $"cut {Target} off from {network}";

    protected override string? WhyNot(FoundContainer found) => Cut(found).Count > 0 ? null
        : network is null ? $"{Target} is connected to no network that it could be cut off from (its network mode is {found.Host.NetworkMode}); give it a network of its own"
        : $"{Target} is not connected to {network}. It is connected to: {string.Join(", ", CutNetwork.Of(found).Select(known => known.Name))}";

    protected override RevertRecipe Plan(FoundContainer found) => ReconnectContainer.Recipe(HeldContainer.Of(Engine, found), Cut(found));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        // At once, so that it is not half of it that takes effect.
        var held = HeldContainer.Of(recipe);
        await Task.WhenAll(CutNetwork.Of(recipe).Select(cut => Engine.DoAsync(
            Description,
            (client, token) => client.Networks.DisconnectNetworkAsync(cut.Id, new() { Container = held.Id, Force = true }, token),
            cancellationToken))).ConfigureAwait(false);
    }

    protected override Presence IsThere(RevertRecipe recipe, FoundContainer found)
    {
        var connected = CutNetwork.Of(found).Select(known => known.Id).ToHashSet(StringComparer.Ordinal);
        return CutNetwork.Of(recipe).FirstOrDefault(cut => connected.Contains(cut.Id)) is { } back ? Presence.Gone($"{Target} was connected to {back.Name} again") : Presence.There;
    }

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await ReconnectContainer.ReconnectAsync(Engine, recipe, cancellationToken).ConfigureAwait(false);

    private IReadOnlyList<CutNetwork> Cut(FoundContainer found) => [.. CutNetwork.Of(found).Where(known => network is null || known.Name == network)];
}
