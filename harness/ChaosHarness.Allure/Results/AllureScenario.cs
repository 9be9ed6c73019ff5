using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>The runs of a test as steps: where they are those of a scenario, a step for each, and for each that was left out.</summary>
internal static class AllureScenario
{
    public static IReadOnlyList<AllureStep> StepsOf(IReadOnlyList<RunRecord> runs) =>
    [
        .. runs.Where(run => run.Step is null).SelectMany(AllurePhases.Of),
        .. runs.Where(run => run.Step is not null).GroupBy(run => (run.Attempt, run.Step!.Scenario, run.Step.ScenarioRun)).SelectMany(scenario => InOrder([.. scenario])),
    ];

    private static IEnumerable<AllureStep> InOrder(IReadOnlyList<RunRecord> runs)
    {
        var end = runs.Max(run => run.StartedAt + run.Duration).ToUnixTimeMilliseconds();
        var leftOut = runs[0].Step!.LeftOut.Select(left => (left.Number, Step: new AllureStep(Named(left.Number, runs[0].Step!.Of, left.Step), "skipped", end, end) { StatusDetails = new AllureStatusDetails($"left out: {left.Why}") }));
        return runs.Select(run => (run.Step!.Number, Step: Of(run))).Concat(leftOut).OrderBy(step => step.Number).Select(step => step.Step);
    }

    private static AllureStep Of(RunRecord run) => new(
        Named(run.Step!.Number, run.Step.Of, run.Step.Step),
        run.Outcome switch { Outcome.Passed => "passed", Outcome.Failed => "failed", Outcome.Inconclusive => "skipped", _ => "broken" },
        run.StartedAt.ToUnixTimeMilliseconds(),
        (run.StartedAt + run.Duration).ToUnixTimeMilliseconds())
    {
        StatusDetails = run.Reason is { } reason ? new AllureStatusDetails(reason) : null,
        Steps = [.. AllurePhases.Of(run)],
    };

    private static string Named(int number, int of, string step) => string.Create(CultureInfo.InvariantCulture, $"{number} of {of}: {step}");
}
