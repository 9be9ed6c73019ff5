using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>A constraint made of a description, a way to show what was measured, and a test of it.</summary>
internal sealed class MeasurementConstraint(string description, Func<Measurements, string?> show, Func<Measurements, bool> isMet) : ResultConstraint
{
    public override string Description => description;

    protected override string Measured(RunRecord result) => show(result.Measurements) ?? "not measured";

    protected override bool IsMet(RunRecord result) => isMet(result.Measurements);
}
