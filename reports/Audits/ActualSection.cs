using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>What was measured, how, and how surely.</summary>
internal static class ActualSection
{
    private const int MostFigures = 200;

    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var figures = drilled.Record.Figures;
        return
        [
            new Words("What is told with two bounds lies between them: the lower one is what was proved to have happened, the upper one what it cannot have exceeded. Objectives are judged on the bound that is the worse for the system. One number is exact; 'more than' was looked for and its end never seen; 'not known' is where too little was seen."),
            ObjectiveTable.Of(drilled.Record),
            figures.Count == 0
                ? new Words($"Figures: {PaperCell.NotRecorded}.")
                : new Grid(
                    figures.Count > MostFigures ? FormattableString.Invariant($"Figures: the first {MostFigures} of {figures.Count}; the journal has all") : "Figures",
                    ["Figure", "Actual", "Held against", "How it is measured"],
                    [.. figures.Take(MostFigures).Select(Row)]),
        ];
    }

    private static IReadOnlyList<PaperCell> Row(RecordedFigure recorded) =>
    [
        FigureText.NameOf(recorded.Figure),
        FigureText.ValueOf(recorded.Figure),
        recorded.Objective is { } objective
            ? new PaperCell($"{FigureText.ValueOf(Figure.Exact("", "", recorded.Figure.Unit, objective))}: {(recorded.Met switch { true => "met", false => "missed", null => "not judged" })}") { IsGood = recorded.Met }
            : new PaperCell("nothing, only measured"),
        FigureMethods.Of(recorded.Figure.Name) ?? $"{PaperCell.NotRecorded}: a checker of the team's own",
    ];
}
