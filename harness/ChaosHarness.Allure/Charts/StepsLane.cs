using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using static ChaosHarness.Allure.Charts.Drawing;

namespace ChaosHarness.Allure.Charts;

/// <summary>What the harness was doing meanwhile.</summary>
internal static class StepsLane
{
    public static Panel Of(RunRecord run, TimeAxis axis) => Lane.Of("steps of the run", axis, (top, bottom) => run.Phases
        .Where(phase => phase.Status != PhaseStatus.Skipped && phase.Window.Length > TimeSpan.Zero && phase.Window.Start < axis.End)
        .SelectMany(phase =>
        {
            var (left, right) = (axis.X(phase.Window.Start), axis.X(phase.Window.End));
            var name = phase.Name.ToString();
            var box = Box(left, top, right, bottom, phase.Status == PhaseStatus.Passed ? "step" : "step-bad", $"{name}: {phase.Status}, {DurationText.Format(phase.Window.Length)}");
            // A name that does not fit is in the tooltip only.
            return TextFit.Width(name, 10) + 4 <= right - left ? [box, Label((left + right) / 2, top + 10.5, name, "ink", "middle", 10)] : new[] { box };
        }));
}
