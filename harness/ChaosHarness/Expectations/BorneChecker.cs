using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Impacts;
using ChaosHarness.Histories;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Finds how much of a ramp a system bears: the last step that kept all conditions, and all before it too.</summary>
/// <param name="Ramp">What the ramp is called.</param>
/// <param name="Conditions">What holds while a step is borne.</param>
public sealed record BorneChecker(string Ramp, IReadOnlyList<SteadyStateCondition> Conditions) : IChecker<BorneFinding>
{
    /// <inheritdoc/>
    public string Name => $"{Ramp} borne";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => [.. Conditions.Select(condition => condition.Source).Distinct()];

    /// <inheritdoc/>
    public BorneFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var atCut = history.AtCut;
        return new BorneFinding(
            Ramp,
            [
                .. history.Faults
                    .Where(fault => !fault.IsWeakness && StepOf(fault) is not null)
                    .GroupBy(fault => StepOf(fault)!, StringComparer.Ordinal)
                    .Select(faults => (Step: faults.Key, Window: TogetherInForce([.. faults.Select(fault => fault.InForce(atCut.Until))])))
                    .Where(step => step.Window is not null)
                    .Select(step => new BorneStep(step.Step, SteadyStateReport.Of(atCut, Conditions, step.Window!.Value))),
            ]);
    }

    // Of several faults of a step, while all of them were there.
    private static TimeWindow? TogetherInForce(IReadOnlyList<TimeWindow?> windows)
    {
        if (windows.Contains(null))
        {
            return null;
        }

        var (start, end) = (windows.Max(window => window!.Value.Start), windows.Min(window => window!.Value.End));
        return start <= end ? new TimeWindow(start, end) : null;
    }

    // A fault of a ramp is called by its name, its strength, and where a step has several what it does.
    private string? StepOf(FaultWindow fault) =>
        fault.Name.StartsWith(Ramp + " ", StringComparison.Ordinal) ? fault.Name[(Ramp.Length + 1)..].Split(": ", 2)[0] : null;
}
