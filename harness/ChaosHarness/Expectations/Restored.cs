using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Expects something of the copies that restores brought back. A restore that failed meets nothing.</summary>
public static class Restored
{
    private static readonly RestoreChecker Checker = new();

    /// <summary>
    /// Every copy can be used, passed its checks, holds everything that was acknowledged before its moment, once, and nothing later. An experiment that
    /// restores anything is always held to it.
    /// </summary>
    public static Expectation Soundly => Expectation.Of(
        Checker,
        "restored, and sound",
        finding => new Judgement(
            finding.Restores.Count > 0 && finding.Restores.All(restore => restore.IsSound),
            finding.ToString(),
            finding.Restores.Sum(restore => restore.Missing) is > 0 and var missing ? string.Create(CultureInfo.InvariantCulture, $"{missing} {(missing == 1 ? "write" : "writes")}") : null,
            Held.FigureOf(finding, finding.Restores.Any(restore => restore.Missing > 0) ? FigureNames.RestoreMissing : FigureNames.RestoreChecksFailed),
            0));

    /// <summary>Every copy is there, with all its checks, within a time of the beginning of its restore.</summary>
    /// <param name="rto">Such as <c>30s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(string rto)
    {
        var limit = TimeLimit.Parse("Restored.Within", rto);
        return Expectation.Of(
            Checker,
            $"restored within {limit.Text}",
            (finding, speed) => finding.Restores.MaxBy(restore => (restore.Copy.Problem is not null, restore.Time)) is { } slowest
                ? Held.Within(slowest.Copy.Problem is null ? new Bounds(slowest.Time, slowest.Time) : new Bounds(slowest.Time, null), finding.ToString(), limit, FigureOf(finding, FigureNames.RestoreTime, slowest), speed)
                : new Judgement(false, finding.ToString()))
            .WithMistakes(limit.Mistake);
    }

    /// <summary>Whoever goes on from any of the copies loses no more than an objective allows.</summary>
    /// <param name="rpo">Such as <c>0 writes</c>, <c>1m</c> or <c>500 writes, 2s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation LackingAtMost(string rpo) => RecoveryPointObjective.TryParse(rpo, out var objective)
        ? Expectation.Of(Checker, $"restored, lacking at most {objective}", (finding, speed) => Hold(finding, objective with { Age = objective.Age / speed }))
        : Expectation.Of(Checker, $"restored, lacking at most {rpo}", finding => new Judgement(false, finding.ToString())).WithMistakes("Restored.LackingAtMost: " + RecoveryPointObjective.Mistake(rpo));

    private static Judgement Hold(RestoreFinding finding, RecoveryPointObjective objective)
    {
        var worst = finding.Restores.MaxBy(restore => (!IsMet(restore, objective), restore.Lacks));
        return new Judgement(
            worst is not null && IsMet(worst, objective),
            finding.ToString(),
            null,
            worst is null ? null : FigureOf(finding, objective.Writes is null ? FigureNames.RestorePoint : FigureNames.RestoreLacks, worst),
            objective.Writes ?? objective.Age?.TotalSeconds);
    }

    // What was looked up nowhere is not known to be there.
    private static bool IsMet(RestoreOutcome restore, RecoveryPointObjective objective) =>
        restore is { Copy.Problem: null, IsReconciled: true } && objective.IsMetBy(restore.Lacks, restore.Age);

    private static Figure? FigureOf(RestoreFinding finding, string name, RestoreOutcome restore) =>
        Held.FigureOf(finding, name, finding.Restores.Count == 1 ? "" : restore.Copy.Name);
}
