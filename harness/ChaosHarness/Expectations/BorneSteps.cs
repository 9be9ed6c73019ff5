using ChaosHarness.SteadyState;

namespace ChaosHarness.Expectations;

/// <summary>The steps of a ramp, of which it is not said yet when one is borne.</summary>
/// <param name="ramp">What the ramp is called.</param>
public sealed class BorneSteps(string ramp)
{
    /// <summary>Says when a step is borne.</summary>
    /// <param name="conditions">All of them hold while it is there.</param>
    /// <returns>What can be expected of the ramp.</returns>
    public BorneWhile While(params IReadOnlyList<SteadyStateCondition> conditions) => new(ramp, conditions);
}
