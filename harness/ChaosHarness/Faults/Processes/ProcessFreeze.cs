using System.Collections.Concurrent;
using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

internal sealed class ProcessFreeze(IProcessComponent component) : ProcessFault(component)
{
    // What was forked between the planning and the freezing is in no recipe, and stays frozen if its parent is killed.
    private readonly ConcurrentDictionary<RevertRecipe, IReadOnlyList<ProcessIdentity>> _frozen = new(ReferenceEqualityComparer.Instance);

    public override string Description => $"freeze {Target}";

    public override string? Impossible => WithoutSignals("Freezing a process");

    protected internal override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken)
    {
        var victim = await FindAsync(cancellationToken).ConfigureAwait(false);
        return Victim.In(ResumeProcess.Recipe(victim, new ProcessTree(victim).Members, Target), victim);
    }

    protected internal override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var frozen = TreeOf(recipe).Freeze();
        _frozen[recipe] = frozen;
        // The signal stops a process when it gets to run next, which on a busy machine is later.
        while (frozen.Any(process => process.IsStopped is false))
        {
            await Task.Delay(1, cancellationToken).ConfigureAwait(false);
        }
    }

    protected internal override async ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var victim = Victim.Of(recipe)!.Value;
        if (!victim.IsRunning)
        {
            return await Process.FindAsync(cancellationToken).ConfigureAwait(false) is { } other && other != victim
                ? Presence.Gone($"{Target} was replaced by a process that is not frozen")
                : Presence.Superseded($"{Target} was killed while it was frozen, as fencing does");
        }

        var thawed = Frozen(recipe).Count(process => process.IsStopped is false);
        return thawed > 0
            ? Presence.Gone(string.Create(CultureInfo.InvariantCulture, $"{thawed} processes of {Target} were thawed"))
            : victim.IsStopped is null ? Presence.Unknown : Presence.There;
    }

    // Thawing is not all: a failover may have fenced the frozen process meanwhile, and it has to be brought back.
    protected internal override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ProcessTree.Resume(Frozen(recipe));
        await base.RevertAsync(recipe, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<ProcessIdentity> Frozen(RevertRecipe recipe) => _frozen.TryGetValue(recipe, out var frozen) ? [.. frozen.Union(ResumeProcess.Members(recipe))] : ResumeProcess.Members(recipe);
}
