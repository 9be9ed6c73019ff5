using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.LocalCloud;

/// <summary>A region of a local cloud is lost. The cloud belongs to the run and ends with it, so nothing is left to undo after a kill.</summary>
internal sealed class RegionLoss(LocalCloud cloud, string region, IReadOnlyList<string> targets, RegionParts parts, bool isSilent) : Fault
{
    public override string Description => parts == RegionParts.All ? $"lose {region}" : $"lose {parts} of {region}";

    public override IReadOnlyList<string> Targets => targets;

    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        !cloud.Options.Regions.Contains(region, StringComparer.Ordinal) ? Preflight.NotReady($"'{region}' is no region of this cloud: {string.Join(", ", cloud.Options.Regions)}")
        : cloud.LostOf(region) is var lost and not RegionParts.None ? Preflight.NotReady($"{region} is lost already ({lost}); bring it back first")
        : Preflight.Ready);

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new RevertRecipe(
        RevertRecipe.OwnedByRun,
        new Dictionary<string, string> { ["region"] = region },
        $"The local cloud that {region} is part of ended with its owner: nothing is left to bring back."));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => await cloud.LoseAsync(region, parts, isSilent);

    protected override ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        ValueTask.FromResult(cloud.LostOf(region) == parts ? Presence.There : Presence.Gone($"{region} is back"));

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => await cloud.BringBackAsync(region, cancellationToken);
}
