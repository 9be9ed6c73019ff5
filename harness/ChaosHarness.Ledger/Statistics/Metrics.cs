using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>Finds out by what runs can be compared: by every figure that the latest ones have and that gets better one way.</summary>
internal static class Metrics
{
    public static IReadOnlyList<Metric> Of(IReadOnlyCollection<LedgerRun> latest)
    {
        var names = latest.SelectMany(run => run.Figures).Select(recorded => recorded.Figure).Where(figure => figure.Better != Better.Neither)
            .DistinctBy(figure => (figure.Name, figure.Subject))
            .GroupBy(figure => figure.Name, StringComparer.Ordinal);
        return [.. names.SelectMany(Of), Metric.Failures];
    }

    private static IEnumerable<Metric> Of(IGrouping<string, Figure> figures) => figures.ToList() switch
    {
        // Runs of before kept no subject: where there is one only, it is that one.
        [var only] => [new Metric(only.Name, "", only.Unit, only.Better, run => Read(run, only, only.Subject) ?? Read(run, only, ""))],
        var several => several.Select(figure => new Metric(figure.Name, figure.Subject, figure.Unit, figure.Better, run => Read(run, figure, figure.Subject))),
    };

    private static double? Read(LedgerRun run, Figure sought, string subject)
    {
        foreach (var recorded in run.Figures)
        {
            if (recorded.Figure.Name == sought.Name && recorded.Figure.Subject == subject)
            {
                if (!recorded.Figure.IsKnown)
                {
                    return null;
                }

                return sought.Better == Better.Higher ? recorded.Figure.Lower : recorded.Figure.Upper ?? double.PositiveInfinity;
            }
        }

        return null;
    }
}
