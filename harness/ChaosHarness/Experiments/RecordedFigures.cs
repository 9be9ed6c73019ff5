using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Checkers.Breakers;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Checkers.Impacts;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;

namespace ChaosHarness.Experiments;

/// <summary>What a record keeps of the findings of a run: their words and their figures, whichever checkers they come from.</summary>
internal static class RecordedFigures
{
    /// <summary>What is looked for in every run. A run in which nothing was injected has nothing to look for.</summary>
    public static RunRecord AddTo(RunRecord record, History history, IReadOnlyList<Expectation> expectations)
    {
        if (history.Injection is null || history.Signal is not { } signal)
        {
            return record;
        }

        IReadOnlyList<IChecker<Finding>> checkers =
        [
            new RecoveryChecker(),
            new LossChecker(),
            new Availability(),
            new LatencyOf(),
            new DetectionChecker(),
            new BreakerChecker(),
            new PromotionChecker(),
            new ImpactChecker(),
            .. expectations.SelectMany(expectation => expectation.Checkers),
        ];
        var findings = checkers.DistinctBy(checker => checker.Name).Select(checker => (checker.Name, Finding: Find(checker, history))).Where(entry => entry.Finding is not null).ToList();
        return record with
        {
            Findings = [.. findings.Select(entry => new FindingRecord(entry.Name, entry.Finding!.ToString()!))],
            Figures = [.. findings.SelectMany(entry => entry.Finding!.Figures).DistinctBy(figure => (figure.Name, figure.Subject)).Select(figure => new RecordedFigure(figure))],
            LatencyHistogram = findings.Select(entry => entry.Finding).OfType<LatencyFinding>().FirstOrDefault(finding => finding.Source == signal)?.Latencies.Buckets ?? [],
            LostWrites = findings.Select(entry => entry.Finding).OfType<LossFinding>().FirstOrDefault()?.LostWrites ?? [],
        };
    }

    /// <summary>The figures with what they were held against: of several objectives the strictest, as the verdicts hold all of them.</summary>
    public static IReadOnlyList<RecordedFigure> Held(IReadOnlyList<RecordedFigure> figures, IReadOnlyList<Verdict> verdicts)
    {
        var held = verdicts.SelectMany(Judged)
            .GroupBy(figure => (figure.Figure.Name, figure.Figure.Subject))
            .ToDictionary(group => group.Key, group => Strictest([.. group]));
        return
        [
            .. figures.Select(figure => held.Remove((figure.Figure.Name, figure.Figure.Subject), out var judged) ? figure with { Objective = judged.Objective, Met = judged.Met } : figure),
            .. held.Values,
        ];
    }

    private static IEnumerable<RecordedFigure> Judged(Verdict verdict) => verdict.Parts.Count > 0
        ? verdict.Parts.SelectMany(Judged)
        : verdict is { Decisive: { } figure, Limit: { } objective } ? [new RecordedFigure(figure, objective, verdict.Met)] : [];

    private static RecordedFigure Strictest(IReadOnlyList<RecordedFigure> figures) => figures[0].Figure.Better == Better.Higher
        ? figures.MaxBy(figure => figure.Objective)!
        : figures.MinBy(figure => figure.Objective)!;

    // A team's own checker may throw: its expectation says so, and it has no figures.
    private static Finding? Find(IChecker<Finding> checker, History history)
    {
        try
        {
            return checker.Check(history);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
