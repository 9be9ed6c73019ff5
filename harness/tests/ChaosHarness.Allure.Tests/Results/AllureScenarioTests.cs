using ChaosHarness.Allure.Results;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Tests.Results;

/// <summary>The steps of a scenario in the result of its test.</summary>
public sealed class AllureScenarioTests
{
    [Test]
    public void Each_step_of_a_scenario_is_a_step_with_its_phases_and_so_is_what_was_left_out()
    {
        var last = Step(3, Outcome.Failed) with { StartedAt = DateTimeOffset.UnixEpoch.AddMinutes(1), Reason = "it did not come back" };

        var steps = AllureScenario.StepsOf([last, Step(1, Outcome.Passed)]);

        Assert.That(steps.Select(step => (step.Name, step.Status)), Is.EqualTo(new[] { ("1 of 3: step 1", "passed"), ("2 of 3: mended by hand", "skipped"), ("3 of 3: step 3", "failed") }));
        Assert.That(steps.Select(step => step.Steps.Count), Is.EqualTo(new[] { 8, 0, 8 }), "the eight steps of each run");
        Assert.That(steps[1].StatusDetails?.Message, Is.EqualTo("left out: only if it is Monday"));
        Assert.That(steps[2].StatusDetails?.Message, Is.EqualTo("it did not come back"));
        Assert.That(AllureTest.From(Records.Test(typeof(AllureScenarioTests), nameof(What_is_no_step_has_its_phases_as_ever)) with { Runs = [last] }).Labels, Does.Contain(new AllureLabel("scenario", "the day")));
    }

    [Test]
    public void What_is_no_step_has_its_phases_as_ever() =>
        Assert.That(AllureScenario.StepsOf([Records.Run]).Select(step => step.Name.Split(':')[0]), Is.EqualTo(Enum.GetNames<PhaseName>()));

    private static RunRecord Step(int number, Outcome outcome) => Records.Run with { Outcome = outcome, Step = StepOf(number) };

    private static ScenarioStep StepOf(int number) => new("the day", $"step {number}", number, 3) { ScenarioRun = "day-1", LeftOut = [new LeftOutStep("mended by hand", 2, "only if it is Monday")] };
}
