using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What people decided, with how long they took.</summary>
internal static class DecisionSection
{
    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        var decisions = PersonWords.DecisionsOf(run);
        return
        [
            Grid.OfFacts(["Time to decide", Time(run, FigureNames.TimeToDecide)], ["Time to act", Time(run, FigureNames.TimeToAct)]),
            decisions.Count == 0 ? new Words(run.Interrupted ? $"Decisions: {Headline.Killed}." : "Nobody said that they decided anything.") : TimelineTable.List(decisions, drilled.Times),
        ];
    }

    private static string? Time(RunRecord run, string name) => run.Figures.Main(name)?.Figure is not { } figure ? null
        : name == FigureNames.TimeToDecide ? $"{FigureText.ValueOf(figure)} from the first alert, or from the strike where nothing alerted, to the first decision"
        : $"{FigureText.ValueOf(figure)} from the first decision to its being carried out";
}
