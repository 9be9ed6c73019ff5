using ChaosHarness.Faults;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>A lane for each fault, from its true start to its true end.</summary>
internal static class FaultLanes
{
    public static IEnumerable<Panel> Of(ChartedRun charted, TimeAxis axis) => charted.Faults.Count == 0 ? []
        : charted.Faults.Select(fault => Of(fault, axis)).Prepend(Lane.Heading("faults"));

    private static Panel Of(FaultRecord fault, TimeAxis axis) => Lane.Of(fault.Description, axis, (top, bottom) =>
    {
        var (left, right) = (axis.X(fault.Injected.Start), axis.X(fault.Reverted?.End ?? axis.End));
        var end = fault.Reverted is { } reverted ? axis.Read(reverted.End) : "the end";
        return
        [
            Box(left, top, right, bottom, fault.IsWeakness ? "weakness" : "fault", ChartedRun.Words(fault, axis)),
            .. Lane.Words($"{axis.Read(fault.Injected.Start)} to {end}{ChartedRun.HowEnded(fault)}", left, right, top, axis),
        ];
    });
}
