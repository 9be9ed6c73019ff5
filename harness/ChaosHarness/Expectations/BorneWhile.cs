using ChaosHarness.Checkers;
using ChaosHarness.SteadyState;

namespace ChaosHarness.Expectations;

/// <summary>What can be expected of how much of a ramp a system bears.</summary>
/// <param name="ramp">What the ramp is called.</param>
/// <param name="conditions">What holds while a step is borne.</param>
public sealed class BorneWhile(string ramp, IReadOnlyList<SteadyStateCondition> conditions)
{
    private string While => $"while {string.Join(" and ", conditions.Select(condition => condition.Description))}";

    /// <summary>It bears a step and all before it, and not all of the ramp: what is not broken by it was not measured.</summary>
    /// <param name="least">The strength that it bears at least, such as <c>25ms</c>.</param>
    /// <param name="breaksBy">The strength by which it does not bear it any more, such as <c>400ms</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation Between(string least, string breaksBy) => Expect(
        $"{ramp} of {least} borne, and not of {breaksBy}, {While}",
        (lower, upper) => lower >= ValueOf(least) && upper <= ValueOf(breaksBy),
        least,
        breaksBy);

    /// <summary>It bears a step and all before it.</summary>
    /// <param name="least">The strength that it bears at least, such as <c>25ms</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation AtLeast(string least) => Expect($"{ramp} of {least} borne, {While}", (lower, _) => lower >= ValueOf(least), least);

    private static double ValueOf(string text) => Strength.TryParse(text, out var strength) ? strength.Value : double.NaN;

    private Expectation Expect(string text, Func<double?, double?, bool> isMet, params IReadOnlyList<string> strengths)
    {
        return Expectation.Of(new BorneChecker(ramp, conditions), text, Judge).WithMistakes(
        [
            .. strengths.Select(strength => Strength.Mistake("Borne", strength)),
            .. conditions.Select(condition => condition.Mistake),
            conditions.Count == 0 ? "Borne.While: no condition says when a step is borne." : null,
        ]);

        Judgement Judge(BorneFinding finding)
        {
            var figure = Held.FigureOf(finding, FigureNames.Borne);
            return figure is not null && strengths.FirstOrDefault(strength => !Strength.IsIn(figure.Unit, strength)) is { } other
                ? new Judgement(false, $"{finding}; its steps are not written as '{other}' is, so they cannot be compared")
                : new Judgement(figure is not null && isMet(figure.Lower, figure.Upper), finding.ToString(), null, figure, ValueOf(strengths[0]));
        }
    }
}
