using ChaosHarness.Allure.Charts;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Results;

/// <summary>The eight steps of a run as steps of the report, with what happened in each.</summary>
internal static class AllurePhases
{
    public static IEnumerable<AllureStep> Of(RunRecord result)
    {
        var end = result.Phases.Select(phase => phase.Window.End).DefaultIfEmpty().Max();
        foreach (var phase in result.Phases)
        {
            // A step that was never reached has no time of its own.
            var window = phase.Status == PhaseStatus.Skipped ? new TimeWindow(end, end) : phase.Window;
            yield return new AllureStep(NameOf(phase), StatusOf(result, phase), At(result, window.Start), At(result, window.End))
            {
                StatusDetails = phase.Status is PhaseStatus.Failed or PhaseStatus.Broken ? new AllureStatusDetails(phase.Detail) : null,
                Steps = [.. Within(result, phase)],
            };
        }
    }

    private static IEnumerable<AllureStep> Within(RunRecord result, PhaseRecord phase) => phase.Name switch
    {
        PhaseName.SteadyState => Readings(result, phase, result.SteadyStateBefore),
        PhaseName.Inject => result.Faults.Select(fault => new AllureStep(fault.Description, "passed", At(result, fault.Injected.Start), At(result, fault.Injected.End))),
        PhaseName.Observe => Events(result, phase),
        PhaseName.Revert => result.Faults.Select(fault => new AllureStep(
            fault.Description + (ChartedRun.HowEnded(fault) is { Length: > 0 } how ? how : ": reverted"),
            fault.Reverted is null || fault.End is FaultEnd.Gone or FaultEnd.NotReverted ? "broken" : "passed",
            At(result, fault.Reverted?.Start ?? phase.Window.Start),
            At(result, fault.Reverted?.End ?? phase.Window.End))),
        PhaseName.Verify => Readings(result, phase, result.SteadyStateAfter).Concat(result.Verdicts.Select(verdict => Judged(verdict, At(result, phase.Window.End)))),
        _ => [],
    };

    private static AllureStep Judged(Verdict verdict, long at) => new($"{verdict.Objective}: {AllureFindings.Words(verdict)}", verdict.Met ? "passed" : "failed", at, at)
    {
        StatusDetails = verdict.Met || verdict.Seen.Count == 0 ? null : new AllureStatusDetails("seen: " + string.Join("; ", verdict.Seen)),
        Steps = [.. verdict.Parts.Select(part => Judged(part, at))],
    };

    private static IEnumerable<AllureStep> Readings(RunRecord result, PhaseRecord phase, SteadyState.SteadyStateReport? report) =>
        report?.Readings.Select(reading => new AllureStep(
            $"{reading.Condition}: {reading.Actual}",
            reading.Holds ? "passed" : "failed",
            At(result, phase.Window.Start),
            At(result, phase.Window.End))) ?? [];

    private static IEnumerable<AllureStep> Events(RunRecord result, PhaseRecord phase) => result.Timeline
        .Where(e => e.Kind != TimelineKind.Phase && phase.Window.Contains(e.At))
        .Select(e => new AllureStep($"{e.Kind} {e.Source}: {e.Detail}", "passed", At(result, e.At), At(result, e.At)));

    private static string NameOf(PhaseRecord phase) => phase.Detail is { Length: > 0 } detail && phase.Status == PhaseStatus.Passed ? $"{phase.Name}: {detail}" : phase.Name.ToString();

    // What is judged at its end stands within it, and must not stand in a step that passed.
    private static string StatusOf(RunRecord result, PhaseRecord phase) => phase.Status switch
    {
        PhaseStatus.Passed => phase.Name == PhaseName.Verify && result.Verdicts.Any(verdict => !verdict.Met) ? "failed" : "passed",
        PhaseStatus.Failed => "failed",
        PhaseStatus.Skipped => "skipped",
        _ => "broken",
    };

    private static long At(RunRecord result, TimeSpan at) => (result.StartedAt + at).ToUnixTimeMilliseconds();
}
