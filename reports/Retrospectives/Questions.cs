using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What no record can answer.</summary>
internal static class Questions
{
    public static IReadOnlyList<PaperBlock> Of(RunRecord run) =>
    [
        new Question("What went well?", "What would be done the same way again, by the system and by people."),
        new Question("What surprised?", run.Script?.Expected is { } expected ? $"Expected was: {expected}" : "Where was the system, an alert, or the runbook other than everybody thought?"),
        new Question("What is to be changed?", $"By whom, and by when. Each becomes a finding: chaos findings add --run {run.RunId} --severity high --owner NAME --due DAY TEXT"),
    ];
}
