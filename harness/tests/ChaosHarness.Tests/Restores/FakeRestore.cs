using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Restores;

/// <summary>A restore that yields what a test wants.</summary>
internal sealed class FakeRestore(string name, Func<RestoreNotes, CancellationToken, ValueTask> restore) : Restore
{
    public bool IsThrownAway { get; private set; }

    public override string Description => name;

    public override IReadOnlyList<string> Targets => ["copy"];

    protected internal override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Preflight.Ready);

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new RevertRecipe(RevertRecipe.InProcess, new Dictionary<string, string>(), "Throw the copy away."));

    protected internal override ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken) => restore(notes, cancellationToken);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        IsThrownAway = true;
        return ValueTask.CompletedTask;
    }
}
