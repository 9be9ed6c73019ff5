using ChaosHarness.Faults;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>A lane for each fault, from its true start to its true end; of very many the last share one, or nobody could look at the picture.</summary>
internal static class FaultLanes
{
    private const int MostLanes = 60;

    public static IEnumerable<Panel> Of(ChartedRun charted, TimeAxis axis)
    {
        if (charted.Faults.Count == 0)
        {
            return [];
        }

        var single = charted.Faults.Count <= MostLanes ? charted.Faults.Count : MostLanes - 1;
        IReadOnlyList<FaultRecord> rest = [.. charted.Faults.Skip(single)];
        return [Lane.Heading("faults"), .. charted.Faults.Take(single).Select(fault => Of(fault, axis)), .. rest.Count == 0 ? Array.Empty<Panel>() : [Together(rest, axis)]];
    }

    private static Panel Together(IReadOnlyList<FaultRecord> faults, TimeAxis axis) => Lane.Of(Text($"{faults.Count} more"), axis, (top, bottom) =>
        faults.Select(fault => Box(axis.X(fault.Injected.Start), top, axis.X(fault.Reverted?.End ?? axis.End), bottom, KindOf(fault), ChartedRun.Words(fault, axis))));

    private static Panel Of(FaultRecord fault, TimeAxis axis) => Lane.Of(fault.Description, axis, (top, bottom) =>
    {
        var (left, right) = (axis.X(fault.Injected.Start), axis.X(fault.Reverted?.End ?? axis.End));
        var end = fault.Reverted is { } reverted ? axis.Read(reverted.End) : "the end";
        return
        [
            Box(left, top, right, bottom, KindOf(fault), ChartedRun.Words(fault, axis)),
            .. Lane.Words($"{axis.Read(fault.Injected.Start)} to {end}{ChartedRun.HowEnded(fault)}", left, right, top, axis),
        ];
    });

    private static string KindOf(FaultRecord fault) => fault.IsWeakness ? "weakness" : "fault";
}
