using ChaosHarness.Checkers;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Charts;

/// <summary>Which signal of a run its charts show: the one whose recovery was measured, else the first.</summary>
internal static class ChartedSignal
{
    public static ObservationSeries Of(RunRecord run)
    {
        var measured = run.Figures.Select(recorded => recorded.Figure).FirstOrDefault(figure => figure.Name is FigureNames.RecoveryTime or FigureNames.Availability)?.Subject;
        return run.Observations.FirstOrDefault(series => series.Source == measured) ?? run.Observations[0];
    }
}
