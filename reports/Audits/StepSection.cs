using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>The steps of the run, and the faults as they were.</summary>
internal static class StepSection
{
    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled) =>
    [
        new Words("Times are the wall clock of the machine at the start of the run plus the monotonic time since then: setting a clock meanwhile changes nothing."),
        new Grid("Steps", ["Step", "From, UTC", "To, UTC", "How it ended", "Detail"], [.. drilled.Record.Phases.Select(phase => Row(phase, drilled))]),
        FaultTable.Of(drilled),
        SteadyTable.Of(drilled.Record),
        .. Retrospective.PictureOf(drilled.Record),
    ];

    // A step of a killed run has no times, and one that was skipped never had any.
    private static IReadOnlyList<PaperCell> Row(PhaseRecord phase, DrilledRun drilled)
    {
        var times = drilled.Times;
        var hasTimes = phase.Status != PhaseStatus.Skipped && phase.Window != default;
        return
        [
            phase.Name.ToString(),
            hasTimes ? times.Utc(phase.Window.Start) : null,
            hasTimes ? times.Utc(phase.Window.End) : null,
            new PaperCell(phase.Status == PhaseStatus.Skipped ? drilled.Record.Interrupted ? PaperCell.NotRecorded : "never reached" : phase.Status.ToString().ToLowerInvariant()) { IsGood = phase.Status switch { PhaseStatus.Passed => true, PhaseStatus.Skipped => null, _ => false } },
            phase.Detail ?? "",
        ];
    }
}
