using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Charts;

/// <summary>Which signal of a run its charts show: the judged one, else the first.</summary>
internal static class ChartedSignal
{
    public static ObservationSeries Of(RunRecord run) => run.Observations.FirstOrDefault(series => series.Source == run.Signal) ?? run.Observations[0];
}
