using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.NUnit.Tests.Subjects;

/// <summary>A fault that no machine of this kind can inject.</summary>
public sealed class ImpossibleFault : Fault
{
    public override string Description => "freeze what cannot be frozen";

    public override IReadOnlyList<string> Targets => ["shop"];

    public override string Impossible => "freezing a process needs signals, which this operating system lacks";

    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new NotSupportedException();
}
