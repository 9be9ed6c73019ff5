using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>Each objective with what was found: its bounds, and whether it was met or missed by how much.</summary>
internal static class ObjectiveTable
{
    private const string NotJudged = "not judged";

    public static PaperBlock Of(RunRecord run)
    {
        var rows = run.Verdicts.SelectMany(Leaves).Select(Row).ToList();
        if (rows.Count == 0)
        {
            // What was wanted is known even where nothing came of it.
            rows = [.. Wanted(run).Select(wanted => (IReadOnlyList<PaperCell>)[wanted, PaperCell.NotRecorded, PaperCell.NotRecorded, WhyNotJudged(run)])];
        }

        return rows.Count == 0
            ? new Words($"Objectives: {PaperCell.NotRecorded}{(run.Interrupted ? Headline.Killed[PaperCell.NotRecorded.Length..] : ". The run was held against nothing but its steady state")}.")
            : new Grid("Objectives", ["Objective", "Actual", "Bounds against limit", "Result"], rows);
    }

    /// <summary>Those that were missed.</summary>
    public static IEnumerable<Verdict> Missed(RunRecord run) => run.Verdicts.SelectMany(Leaves).Where(verdict => !verdict.Met);

    // The plan has what the test itself expects too, beside the objectives.
    private static IEnumerable<string> Wanted(RunRecord run) => (run.Plan?.Expected ?? []).Union(run.Objectives.Expectations.Select(wanted => wanted.Text));

    private static string WhyNotJudged(RunRecord run) => run switch
    {
        { Interrupted: true } => $"{NotJudged}: the process ended before the run did",
        { Outcome: Outcome.Halted } => $"{NotJudged}: the run was halted",
        _ => NotJudged,
    };

    private static IEnumerable<Verdict> Leaves(Verdict verdict) => verdict.Parts.Count == 0 ? [verdict] : verdict.Parts.SelectMany(Leaves);

    private static IReadOnlyList<PaperCell> Row(Verdict verdict) =>
    [
        verdict.Objective,
        verdict.Seen.Count == 0 ? verdict.Actual : $"{verdict.Actual}; seen: {string.Join("; ", verdict.Seen)}",
        verdict.Decisive is { } figure ? FigureText.ValueOf(figure) + (verdict.Limit is { } limit ? $" against {Amount(limit, figure)}" : "") : PaperCell.NotRecorded,
        verdict.Met ? new PaperCell($"met{Spare(verdict)}") { IsGood = true } : new PaperCell(verdict.MissedBy is { } by ? $"missed by {by}" : "missed") { IsGood = false },
    ];

    private static string Amount(double value, Figure of) => FigureText.ValueOf(Figure.Exact(of.Name, of.Subject, of.Unit, value));

    // Shares are not told in shares of shares.
    private static string Spare(Verdict verdict) => verdict switch
    {
        { Decisive: { Better: Better.Lower, Upper: { } upper } figure, Limit: { } limit } when limit > upper && figure.Unit != Unit.Ratio => string.Create(CultureInfo.InvariantCulture, $", {Amount(limit - upper, figure)} to spare"),
        { Decisive: { Better: Better.Higher, Lower: { } lower } figure, Limit: { } limit } when lower > limit && figure.Unit != Unit.Ratio => string.Create(CultureInfo.InvariantCulture, $", {Amount(lower - limit, figure)} to spare"),
        _ => "",
    };
}
