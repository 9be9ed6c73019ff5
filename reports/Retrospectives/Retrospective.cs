using ChaosHarness.Allure.Charts;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What the people of a drill sit down with when it is over: all that the record of a run tells, and what only they can answer.</summary>
internal static class Retrospective
{
    /// <summary>How its files end, after the id of the run.</summary>
    public const string Suffix = ".retrospective";

    public static Paper Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        return new Paper($"Retrospective: {run.Name}", $"{run.Outcome} on {run.System} in {run.Environment}, {drilled.Times.Utc(TimeSpan.Zero)} UTC, run {run.RunId}", [.. Sections(drilled)])
        {
            Foot = $"Retrospective of run {run.RunId}",
        };
    }

    /// <summary>The picture of a run; nothing where too little was seen to draw one.</summary>
    public static IEnumerable<PaperBlock> PictureOf(RunRecord run) => run.Observations.Count == 0 ? [] : [new Picture(TimelineChart.Draw(run), $"The timeline of the run: {TimelineChart.InWords(run)}")];

    /// <summary>What was expected before anything was broken.</summary>
    public static Grid ExpectedOf(RunRecord run) => new(
        null,
        ["What", "Expected", "Seen"],
        [
            ["Hypothesis", run.Hypothesis, Headline.OutcomeOf(run)],
            ["Schedule", run.Plan?.Schedule, run.Unstruck.Count > 0 ? "not all of it was done, below" : ""],
            ["Script", run.Script?.Expected, run.Script?.Expected is null ? "" : "for people to say, below"],
        ]);

    private static IEnumerable<PaperSection> Sections(DrilledRun drilled) => [.. SectionsOfRun(drilled), new PaperSection("questions", "To answer together", Questions.Of(drilled.Record))];

    /// <summary>What the record tells, without the questions that only people can answer.</summary>
    public static IEnumerable<PaperSection> SectionsOfRun(DrilledRun drilled)
    {
        var (run, times) = (drilled.Record, drilled.Times);
        var notes = PersonWords.NotesOf(run);
        yield return new PaperSection("headline", "What happened", Headline.Of(drilled));
        yield return new PaperSection("expected", "Expected and seen", ExpectedOf(run), ObjectiveTable.Of(run), SteadyTable.Of(run));
        yield return new PaperSection("timeline", "Timeline", [.. PictureOf(run), FaultTable.Of(drilled), .. FaultTable.UnstruckOf(run), TimelineTable.Of(drilled)]);
        yield return new PaperSection("decisions", "Decisions", DecisionSection.Of(drilled));
        yield return new PaperSection("notes", "What people noted", notes.Count == 0 ? new Words(run.Interrupted ? $"Notes: {Headline.Killed}." : "Nobody noted anything.") : TimelineTable.List(notes, times));
        yield return new PaperSection("logs", "What components wrote", LogSection.Of(drilled));
        yield return new PaperSection(
            "findings",
            "What has to be mended",
            FollowUpTable.Of(drilled, FollowUpBook.MostUrgentFirst(drilled.Shown, drilled.Now), "No finding of this run is open."));
    }
}
