using ChaosHarness.Experiments;
using ChaosHarness.Measurement;
using ChaosHarness.NUnit.Constraints;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using RecoveryPointObjective = ChaosHarness.Expectations.RecoveryPointObjective;

namespace ChaosHarness.NUnit.Tests.Constraints;

public sealed class ConstraintTests
{
    private static readonly RunRecord Sample = Results.With(new Measurements
    {
        Recovery = new RecoveryTime(new Bounds(S(1), S(2)), true, 1, S(1), S(2)),
        DataLoss = new DataLoss { Sent = 100, Acknowledged = 90, Lost = 5, Indeterminate = 1, Duplicated = 0, Diverged = 0, Age = S(3) },
        Availability = new Availability(98, 100),
        Detections = [new Detection("lb", "DOWN", new Bounds(S(0.1), S(0.5)), new Bounds(S(1), S(2))), new Detection("agent", "gone", new Bounds(S(1), S(1.5)), null)],
        Breakers =
        [
            new BreakerBehaviour
            {
                Breaker = "recommendations",
                TimeToOpen = new Bounds(S(0.5), S(1)),
                TimeToClose = new Bounds(S(1), S(2)),
                LetThrough = 4,
                KeptOff = 300,
                HalfOpenTrials = 2,
                Sequence = [BreakerState.Closed, BreakerState.Open, BreakerState.HalfOpen, BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed],
            },
            new BreakerBehaviour { Breaker = "flapping", LetThrough = 0, KeptOff = 0, HalfOpenTrials = 0, Sequence = [BreakerState.Closed, BreakerState.Open, BreakerState.HalfOpen, BreakerState.Closed, BreakerState.Open] },
        ],
    });

    [Test]
    public void Each_constraint_holds_up_to_its_limit_and_no_further()
    {
        var breaker = Breaker.Named("recommendations");
        (ResultConstraint Holds, ResultConstraint Fails)[] pairs =
        [
            (Recovered.Within("2s"), Recovered.Within("1.9s")),
            (Lost.AtMost(RecoveryPointObjective.Parse("5 writes, 3s")), Lost.AtMost(RecoveryPointObjective.Parse("4 writes"))),
            (Lost.AtLeast(5), Lost.AtLeast(6)),
            (Available.AtLeast(0.98), Available.AtLeast(0.981)),
            (Detected.Within("500ms"), Detected.Within("499ms")),
            (Detected.By("agent", "1.5s"), Detected.By("agent", "1.4s")),
            (Detected.AndReinstatedBy("lb", "2s"), Detected.AndReinstatedBy("lb", "1.9s")),
            (breaker.OpenedWithin("1s"), breaker.OpenedWithin("900ms")),
            (breaker.ClosedWithin("2s"), breaker.ClosedWithin("1.9s")),
            (breaker.KeptOff(300), breaker.KeptOff(301)),
            (breaker.LetThroughAtMost(4), breaker.LetThroughAtMost(3)),
            (breaker.OpenedAndClosedAgain(), Breaker.Named("flapping").OpenedAndClosedAgain()),
        ];
        foreach (var (holds, fails) in pairs)
        {
            Assert.That(holds.ApplyTo(Sample).IsSuccess, Is.True, holds.Description);
            Assert.That(fails.ApplyTo(Sample).IsSuccess, Is.False, fails.Description);
        }
    }

    [Test]
    public void What_was_not_measured_never_holds()
    {
        var empty = Results.With(new Measurements());
        ResultConstraint[] constraints =
        [
            Recovered.Within("1h"), Lost.Nothing, Lost.AtMost(RecoveryPointObjective.Parse("1000 writes")), Available.AtLeast(0), Detected.Within("1h"),
            Detected.By("lb", "1h"), Detected.AndReinstatedBy("agent", "1h"), Breaker.Named("x").OpenedWithin("1h"), Breaker.Named("x").ClosedWithin("1h"),
            Breaker.Named("x").KeptOff(0), Breaker.Named("x").LetThroughAtMost(10), Breaker.Named("x").OpenedAndClosedAgain(),
        ];
        foreach (var constraint in constraints)
        {
            Assert.That(constraint.ApplyTo(empty).IsSuccess, Is.False, constraint.Description);
        }

        Assert.That(Breaker.Named("flapping").ClosedWithin("1h").ApplyTo(Sample).IsSuccess, Is.False);
        Assert.That(Breaker.Named("flapping").OpenedWithin("1h").ApplyTo(Sample).IsSuccess, Is.False);
    }

    [TestCase(1, 0, 0)]
    [TestCase(0, 1, 0)]
    [TestCase(0, 0, 1)]
    public void Nothing_lost_means_nothing_duplicated_or_diverged_either(int lost, int duplicated, int diverged)
    {
        var loss = Sample.Measurements.DataLoss! with { Lost = lost, Duplicated = duplicated, Diverged = diverged };

        Assert.That(Lost.Nothing.ApplyTo(Results.With(new Measurements { DataLoss = loss })).IsSuccess, Is.False);
        Assert.That(Lost.Nothing.ApplyTo(Results.With(new Measurements { DataLoss = loss with { Lost = 0, Duplicated = 0, Diverged = 0 } })).IsSuccess, Is.True);
    }

    [Test]
    public void Constraints_compose()
    {
        Assert.That(Sample, Recovered.Within("2s").And.Lost(RecoveryPointObjective.Parse("5 writes")).And.Available(0.98).And.RecoveredWithin(S(2)));
        Assert.That(() => Assert.That(Sample, Recovered.Within("2s").And.LostNothing()), Throws.TypeOf<AssertionException>().With.Message.Contains("5 of 90 writes"));
    }

    [TestCase(Outcome.Inconclusive)]
    [TestCase(Outcome.Halted)]
    [TestCase(Outcome.Broken)]
    public void A_run_that_says_nothing_is_not_judged(Outcome outcome) =>
        Assert.That(() => Recovered.Within("1h").ApplyTo(Sample with { Outcome = outcome, Reason = "because" }), Throws.TypeOf<NotJudgedException>().With.Message.EqualTo($"{outcome}: because"));

    [Test]
    public void Only_results_can_be_judged() => Assert.That(() => Recovered.Within("1h").ApplyTo("no result"), Throws.ArgumentException);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
