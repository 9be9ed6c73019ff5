using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Faults;

/// <summary>A fault whose every answer a test gives.</summary>
internal sealed class TestFault(string name, string target = "x") : Fault
{
    public Func<CancellationToken, ValueTask> Apply { get; set; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> Prepare { get; set; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask> Revert { get; set; } = _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask<RevertRecipe>>? Plan { get; set; }

    public Func<ValueTask<Preflight>> Look { get; set; } = () => ValueTask.FromResult(Preflight.Ready);

    public Func<CancellationToken, ValueTask<Presence>> IsThere { get; set; } = _ => ValueTask.FromResult(Presence.There);

    public string Kind { get; set; } = RevertRecipe.InProcess;

    public override string Description => name;

    public override IReadOnlyList<string> Targets => [target];

    protected internal override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => Look();

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
        Plan?.Invoke(cancellationToken) ?? ValueTask.FromResult(new RevertRecipe(Kind, new Dictionary<string, string>(), "Undo it by hand."));

    protected internal override ValueTask PrepareAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Prepare(cancellationToken);

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Apply(cancellationToken);

    protected internal override ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) => IsThere(cancellationToken);

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Revert(cancellationToken);
}
