using ChaosHarness.Faults;

namespace ChaosHarness.Tests.Experiments;

/// <summary>A fault that is asked before whether it may be injected, and afterwards whether it was.</summary>
internal sealed class AskedFault : SingleFault
{
    public string? Refusal { get; init; }

    public string? Failure { get; init; }

    public int Injected { get; private set; }

    public int Reverted { get; private set; }

    public override string Description => "ask first";

    public override IReadOnlyList<string> Targets => ["shop"];

    protected internal override ValueTask<string?> WhyRefusedAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Refusal);

    protected internal override ValueTask<string?> WhyFailedAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.FromResult(Failure);

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
