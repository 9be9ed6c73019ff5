using ChaosHarness.Calls;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Checkers.Breakers;
using ChaosHarness.Checkers.Decisions;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Checkers.Impacts;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;

namespace ChaosHarness.Experiments;

/// <summary>What a record keeps of the findings of a run: their words and their figures, whichever checkers they come from.</summary>
internal static class RecordedFigures
{
    /// <summary>What is looked for in every run. A run in which nothing was injected has nothing to look for.</summary>
    public static async Task<RunRecord> AddToAsync(RunRecord record, History history, IReadOnlyList<Expectation> expectations, ForeignCalls calls, TimeSpan limit)
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
            .. history.Marks.Any(mark => mark.Kind == MarkKind.Decided) ? [new DecisionChecker()] : Array.Empty<IChecker<Finding>>(),
            .. history.Restores.Count > 0 ? [new RestoreChecker()] : Array.Empty<IChecker<Finding>>(),
            .. expectations.SelectMany(expectation => expectation.Checkers),
        ];
        var findings = new List<Found>();
        foreach (var checker in checkers.DistinctBy(checker => checker.Name))
        {
            // Those of others may throw, or never return: their expectation says so, and they have no figures.
            var call = checker.GetType().Assembly == typeof(RecordedFigures).Assembly
                ? Found.By(checker, history)
                : (await calls.RunAsync(new Callee(checker.Name, "check"), _ => ValueTask.FromResult(Found.By(checker, history)), limit, CancellationToken.None).ConfigureAwait(false)).Value;
            if (call is { } found)
            {
                findings.Add(found);
            }
        }

        return record with
        {
            Findings = [.. findings.Select(found => new FindingRecord(found.Name, found.Text))],
            Figures = [.. findings.SelectMany(found => found.Figures).DistinctBy(figure => (figure.Name, figure.Subject)).Select(figure => new RecordedFigure(figure))],
            LatencyHistogram = findings.Select(found => found.Finding).OfType<LatencyFinding>().FirstOrDefault(finding => finding.Source == signal)?.Latencies.Buckets ?? [],
            Restores = [.. findings.Select(found => found.Finding).OfType<RestoreFinding>().FirstOrDefault()?.Restores.Select(RestoreRecord.Of) ?? []],
            LostWrites = findings.Select(found => found.Finding).OfType<LossFinding>().FirstOrDefault()?.LostWrites ?? [],
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

    /// <summary>What a checker found, in words and numbers that nobody is asked for any more.</summary>
    private sealed record Found(string Name, string Text, IReadOnlyList<Figure> Figures, Finding Finding)
    {
        public static Found? By(IChecker<Finding> checker, History history)
        {
            try
            {
                return checker.Check(history) is { } finding ? new Found(checker.Name, finding.ToString() ?? checker.Name, WrittenFigures.Of(checker.Name, finding), finding) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }
    }
}
