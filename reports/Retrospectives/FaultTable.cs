using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>The faults: what they hit, when they were to be there and when they were, and how they ended.</summary>
internal static class FaultTable
{
    public static PaperBlock Of(DrilledRun drilled)
    {
        var (run, times) = (drilled.Record, drilled.Times);
        return run.Faults.Count == 0
            ? new Words(run.Interrupted ? $"Faults: {Headline.Killed}; the fault journal of its machine tells what was injected." : "No fault was injected.")
            : new Grid(
                $"Faults, {times.Zero}",
                ["Fault", "Targets", "Planned", "In force", "End"],
                [.. run.Faults.Select(fault => Row(fault, times))]);
    }

    /// <summary>What was planned and did not strike; nothing where all did.</summary>
    public static IEnumerable<PaperBlock> UnstruckOf(RunRecord run) => run.Unstruck.Count == 0 ? [] :
    [
        new Grid(
            "Planned and not done",
            ["Fault", "Targets", "Struck", "Why"],
            [.. run.Unstruck.Select(fault => (IReadOnlyList<PaperCell>)[fault.IsWeakness ? $"{fault.Description} (a weakness)" : fault.Description, string.Join(", ", fault.Targets), string.Create(CultureInfo.InvariantCulture, $"{fault.Struck} of {fault.Times}"), fault.Why])]),
    ];

    /// <summary>How one ended.</summary>
    public static string EndOf(FaultRecord fault) => fault.End switch
    {
        FaultEnd.Superseded => "ended by the system itself",
        FaultEnd.Gone => "gone, and the harness did not take it away",
        FaultEnd.NotReverted => "not reverted",
        _ when fault.Reverted is null => "not reverted",
        FaultEnd.Reverted => "reverted",
        _ => "reverted, how is not recorded",
    };

    /// <summary>Whether it ended as it should.</summary>
    public static bool IsUndone(FaultRecord fault) => fault is { Reverted: not null, End: not FaultEnd.Gone and not FaultEnd.NotReverted };

    private static IReadOnlyList<PaperCell> Row(FaultRecord fault, RunTimes times) =>
    [
        fault.IsWeakness ? $"{fault.Description} (a weakness that the disaster struck on top of)" : fault.Description,
        fault.Targets.Count == 0 ? PaperCell.NotRecorded : string.Join(", ", fault.Targets),
        fault.Planned is { } planned ? $"{times.Since(planned.Start)} to {times.Since(planned.End)}" : null,
        $"{times.Since(fault.Injected.Start)}, in full effect {times.Since(fault.Injected.End)}, {(fault.Reverted is { } reverted ? $"undoing from {times.Since(reverted.Start)}, undone {times.Since(reverted.End)}" : "to the end")}",
        new PaperCell(EndOf(fault)) { IsGood = IsUndone(fault) },
    ];
}
