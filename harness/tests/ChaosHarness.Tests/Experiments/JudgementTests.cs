using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Measurement;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Experiments;

public sealed class JudgementTests
{
    private static readonly Objectives All = Objectives.Parse("2s", "0 writes", "90%");
    private static readonly SteadyStateReport Well = new(default, [new("condition", "fine", true)]);

    [Test]
    public void What_keeps_every_objective_meets_them_all() => Assert.That(ObjectiveJudgement.Judge(All, Measured(2, 0, 9), Well).Select(verdict => verdict.Met), Is.All.True);

    [Test]
    public void Each_objective_is_judged_on_its_own()
    {
        Assert.That(Missed(Measured(2.001, 0, 9), Well), Is.EqualTo(new[] { "RTO 2s" }));
        Assert.That(Missed(Measured(2, 1, 9), Well), Is.EqualTo(new[] { "RPO 0 writes" }));
        Assert.That(Missed(Measured(2, 0, 8), Well), Is.EqualTo(new[] { "availability 90%" }));
        Assert.That(Missed(Measured(2, 0, 9), null), Is.EqualTo(new[] { "steady state comes back" }));
        Assert.That(Missed(Measured(2, 0, 9), new SteadyStateReport(default, [new("condition", "bad", false)])), Is.EqualTo(new[] { "steady state comes back" }));
    }

    [Test]
    public void What_was_not_measured_is_missed()
    {
        Assert.That(Missed(new Measurements(), Well), Is.EqualTo(new[] { "RTO 2s", "RPO 0 writes", "availability 90%" }));
        Assert.That(ObjectiveJudgement.Judge(All, new Measurements(), Well)[0].Actual, Is.EqualTo("not measured"));
    }

    [Test]
    public void An_unbounded_recovery_misses_any_objective()
    {
        var never = Measured(1, 0, 9) with { Recovery = new RecoveryTime(new Bounds(TimeSpan.FromSeconds(1), null), true, 1, TimeSpan.Zero, null) };

        Assert.That(Missed(never, Well), Is.EqualTo(new[] { "RTO 2s" }));
    }

    private static IEnumerable<string> Missed(Measurements measured, SteadyStateReport? after) =>
        ObjectiveJudgement.Judge(All, measured, after).Where(verdict => !verdict.Met).Select(verdict => verdict.Objective);

    private static Measurements Measured(double rtaSeconds, long lost, long goodOfTen) => new()
    {
        Recovery = new RecoveryTime(new Bounds(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(rtaSeconds)), true, 1, TimeSpan.Zero, TimeSpan.Zero),
        DataLoss = Expectations.ObjectivesTests.Loss(lost, 0),
        Availability = new Availability(goodOfTen, 10),
    };
}
