using ChaosHarness.Checkers;

namespace ChaosHarness.Expectations;

/// <summary>How much of a ramp a system bore.</summary>
/// <param name="Ramp">What the ramp is called.</param>
/// <param name="Steps">The steps that struck, in their order.</param>
public sealed record BorneFinding(string Ramp, IReadOnlyList<BorneStep> Steps) : Finding(FiguresOf(Ramp, Steps))
{
    /// <summary>The last step that was borne, with all before it; null when the first was not, or none struck.</summary>
    public BorneStep? Last => Steps.TakeWhile(step => step.Report.Holds).LastOrDefault();

    /// <summary>The first step that was not borne; null when all were.</summary>
    public BorneStep? Broken => Steps.FirstOrDefault(step => !step.Report.Holds);

    /// <summary>Such as <c>25ms borne, not 50ms: orders: p99 latency at most 250ms, but was 310ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Steps.Count, Last?.Strength, Broken) switch
    {
        (0, _, _) => $"no step of '{Ramp}' has struck",
        (_, var last, { } broken) => $"{last ?? "nothing"} borne, not {broken.Strength}: {broken.Report}",
        (_, var last, null) => $"{last} borne, the last step of it",
    };

    private static IReadOnlyList<Figure> FiguresOf(string ramp, IReadOnlyList<BorneStep> steps)
    {
        var strengths = steps.Select(step => Strength.TryParse(step.Strength, out var strength) ? strength : (Strength?)null).ToList();
        if (strengths.Count == 0 || strengths.Contains(null) || strengths.Select(strength => strength!.Value.Unit).Distinct().Count() > 1)
        {
            return [];
        }

        var borne = steps.TakeWhile(step => step.Report.Holds).Count();
        return
        [
            new Figure(
                FigureNames.Borne,
                ramp,
                strengths[0]!.Value.Unit,
                borne == 0 ? 0 : strengths[borne - 1]!.Value.Value,
                borne == strengths.Count ? null : strengths[borne]!.Value.Value,
                Better.Higher),
        ];
    }
}
