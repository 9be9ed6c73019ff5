using System.Globalization;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>A retrospective of all steps of a scenario: what each came to, what was left out, and of each run what the retrospective of a run has.</summary>
internal static class ScenarioRetrospective
{
    /// <summary>Makes it.</summary>
    /// <param name="steps">The runs of one run of a scenario, in their order; at least one.</param>
    public static Paper Of(IReadOnlyList<DrilledRun> steps)
    {
        var first = steps[0].Record;
        var step = first.Step!;
        return new Paper($"Retrospective: {step.Scenario}", $"{steps.Count} of {step.Of} steps on {first.System} in {first.Environment}, {steps[0].Times.Utc(TimeSpan.Zero)} UTC", [.. Sections(steps)])
        {
            Foot = $"Retrospective of the scenario {step.Scenario}",
        };
    }

    private static IEnumerable<PaperSection> Sections(IReadOnlyList<DrilledRun> steps)
    {
        yield return new PaperSection("steps", "What happened", StepTable(steps));
        foreach (var drilled in steps)
        {
            var step = drilled.Record.Step!;
            // Ids lead to sections, and each run has the same ones.
            foreach (var section in Retrospective.SectionsOfRun(drilled))
            {
                yield return section with { Id = string.Create(CultureInfo.InvariantCulture, $"{section.Id}-{step.Number}"), Title = string.Create(CultureInfo.InvariantCulture, $"{step.Number}. {step.Step}: {section.Title}") };
            }
        }

        yield return new PaperSection("questions", "To answer together", Questions.Of(steps[^1].Record));
    }

    private static Grid StepTable(IReadOnlyList<DrilledRun> steps)
    {
        var ran = steps.Select(drilled => (drilled.Record.Step!.Number, Row: Row(drilled)));
        var leftOut = steps[0].Record.Step!.LeftOut.Select(left => (left.Number, Row: (IReadOnlyList<PaperCell>)[Numbered(left.Number, left.Step), "left out", "", left.Why, ""]));
        return new Grid(null, ["Step", "Outcome", "Began, UTC", "Why", "Run"], [.. ran.Concat(leftOut).OrderBy(row => row.Number).Select(row => row.Row)]);
    }

    private static IReadOnlyList<PaperCell> Row(DrilledRun drilled) =>
    [
        Numbered(drilled.Record.Step!.Number, drilled.Record.Step.Step), Headline.OutcomeOf(drilled.Record), drilled.Times.Utc(TimeSpan.Zero), drilled.Record.Reason ?? "", drilled.Record.RunId,
    ];

    private static string Numbered(int number, string step) => string.Create(CultureInfo.InvariantCulture, $"{number}. {step}");
}
