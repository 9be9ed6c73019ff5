using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Experiments;

/// <summary>A fault that is asked before whether it may be injected, and afterwards whether it is still there.</summary>
internal sealed class AskedFault : Fault
{
    public string? Refusal { get; init; }

    public Presence Presence { get; init; } = Presence.There;

    public int Injected { get; private set; }

    public int Reverted { get; private set; }

    public override string Description => "ask first";

    public override IReadOnlyList<string> Targets => ["shop"];

    protected internal override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Refusal is null ? Preflight.Ready : Preflight.NotReady(Refusal));

    protected internal override ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.FromResult(Presence);

    protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new RevertRecipe(RevertRecipe.InProcess, new Dictionary<string, string>(), "nothing"));

    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        Injected++;
        return ValueTask.CompletedTask;
    }

    protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        Reverted++;
        return ValueTask.CompletedTask;
    }
}
