using System.Globalization;
using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Reports.Pages;

/// <summary>The scorecard in one line of a log.</summary>
internal static class ScorecardLine
{
    public static string Write(Scorecard scorecard)
    {
        var month = scorecard.Success[0];
        var next = scorecard.Maturity.Missing is [var missing, ..] ? $", next: {missing.Name.ToLowerInvariant()}" : "";
        var passed = month.Conclusive == 0 ? "no run passed or failed" : $"{Figures.Share(month.Share)} of {Figures.Count(month.Conclusive, "run", "runs")} passed";
        var never = scorecard.NeverConcluded.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {scorecard.NeverConcluded.Count} never concluded") : "";
        var late = scorecard.OverdueFollowUps.Count == 0 ? "" : $", {Figures.Count(scorecard.OverdueFollowUps.Count, "finding", "findings")} overdue";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"DR scorecard: {passed} in {month.Days} days, {scorecard.AtRisk.Count} of {scorecard.Experiments.Count} objectives at risk, {scorecard.Overdue.Count} overdue{never}{late}, maturity {scorecard.Maturity.Level} of {scorecard.Maturity.Levels.Count}{next}.");
    }
}
