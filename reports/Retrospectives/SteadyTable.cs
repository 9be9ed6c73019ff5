using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.SteadyState;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>The steady state before, during and after the disaster.</summary>
internal static class SteadyTable
{
    public static PaperBlock Of(RunRecord run)
    {
        SteadyStateReport?[] reports = [run.SteadyStateBefore, run.SteadyStateDuring, run.SteadyStateAfter];
        var conditions = reports.OfType<SteadyStateReport>().SelectMany(report => report.Readings).Select(reading => reading.Condition).Distinct().ToList();
        return conditions.Count == 0
            ? new Words($"Steady state: {PaperCell.NotRecorded} before, during and after.")
            : new Grid(
                "Steady state",
                ["Condition", "Before", "During, not judged", "After"],
                [.. conditions.Select(condition => (IReadOnlyList<PaperCell>)[condition, Cell(reports[0], condition, true), Cell(reports[1], condition, false), Cell(reports[2], condition, true)])]);
    }

    private static PaperCell Cell(SteadyStateReport? report, string condition, bool isJudged) => report?.Readings.FirstOrDefault(reading => reading.Condition == condition) is not { } reading
        ? PaperCell.NotRecorded
        : new PaperCell(isJudged ? $"{reading.Actual}: {(reading.Holds ? "holds" : "does not hold")}" : reading.Actual) { IsGood = isJudged ? reading.Holds : null };
}
