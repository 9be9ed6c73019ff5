using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>Objectives and figures as parameters of the report, whichever checkers they come from.</summary>
internal static class AllureFigures
{
    public static IEnumerable<AllureParameter> Of(RunRecord run) =>
    [
        .. run.Verdicts.Select(verdict => AllureParameter.Of(verdict.Objective, Words(verdict))),
        .. run.Figures.Select(recorded => AllureParameter.Of(FigureText.NameOf(recorded.Figure), FigureText.ValueOf(recorded.Figure))),
        AllureParameter.Of("Run", run.RunId),
    ];

    /// <summary>What was found, and by how much it was missed.</summary>
    public static string Words(Verdict verdict) => (verdict.Met, verdict.MissedBy) switch
    {
        (true, _) => verdict.Actual,
        (false, { } by) => $"{verdict.Actual}, missed by {by}",
        (false, null) => $"{verdict.Actual}, missed",
    };
}
