using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

internal sealed class ContainerLimit(ContainerComponent container, double? cpus, string? memory) : ContainerFault(container)
{
    private const long Least = 6 << 20;

    public override string Description => $"limit {Target} to {string.Join(" and ", new[] { cpus is { } share ? share.ToString(CultureInfo.InvariantCulture) + " CPUs" : null, memory }.OfType<string>())}";

    public override IReadOnlyList<string> Mistakes => [.. base.Mistakes, .. MistakesOfLimits()];

    protected override RevertRecipe Plan(FoundContainer found) => RestoreLimits.Recipe(HeldContainer.Of(Engine, found), ResourceLimits.Of(found));

    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var before = ResourceLimits.Of(recipe);
        await Engine.DoAsync(Description, (client, token) => client.Containers.UpdateContainerAsync(HeldContainer.Of(recipe).Id, Wanted(before).Update(before, 0), token), cancellationToken).ConfigureAwait(false);
    }

    protected override Presence IsThere(RevertRecipe recipe, FoundContainer found) =>
        ResourceLimits.Of(found).AreInForceLike(Wanted(ResourceLimits.Of(recipe))) ? Presence.There : Presence.Gone($"the limits of {Target} were changed");

    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        await RestoreLimits.RestoreAsync(Engine, recipe, cancellationToken).ConfigureAwait(false);

    private ResourceLimits Wanted(ResourceLimits before) => before.With(cpus, MemoryText.TryParse(memory, out var bytes) ? bytes : null);

    private IEnumerable<string> MistakesOfLimits()
    {
        if (cpus is null && memory is null)
        {
            yield return $"Limit of '{Target}': neither cpus nor memory is given.";
        }

        if (cpus is not null && cpus is not (>= 0.01 and <= 10_000))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Limit of '{Target}': {cpus} is no number of processors from 0.01 on, such as 0.1.");
        }

        if (memory is not null && (!MemoryText.TryParse(memory, out var bytes) || bytes < Least))
        {
            yield return $"Limit of '{Target}': '{memory}' is no amount of memory of 6MiB or more, such as 64MiB.";
        }
    }
}
