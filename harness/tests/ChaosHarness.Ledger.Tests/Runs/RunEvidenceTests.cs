using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Tests.Runs;

public sealed class RunEvidenceTests
{
    private static readonly RunRecord Whole = Results.Whole();

    [Test]
    public void A_run_shows_what_was_recorded_and_no_more() =>
        Assert.That(RunEvidence.Of(Whole), Is.EqualTo(new[] { RunEvidence.DatabaseHit, RunEvidence.Detected, RunEvidence.EffectSeen, RunEvidence.FailedOver, RunEvidence.HealedItself, RunEvidence.Injected, RunEvidence.Interrupted, RunEvidence.Reconciled }));

    [Test]
    public void A_backup_that_was_restored_is_evidence_and_one_that_was_broken_on_purpose_has_no_time_of_its_own()
    {
        Assert.That(Of(Whole.And(Figure.Exact(FigureNames.RestoreTime, "", Unit.Seconds, 12))), Does.Contain(RunEvidence.Restored));
        Assert.That(Of(Whole.And(Figure.Exact(FigureNames.RestoreChecksFailed, "", Unit.Count, 0))), Does.Not.Contain(RunEvidence.Restored));
    }

    [Test]
    public void Without_an_injection_a_run_shows_nothing() => Assert.That(RunEvidence.Of(Whole with { Injection = null }), Is.Empty);

    [Test]
    public void A_zone_is_lost_when_all_of_it_was_hit()
    {
        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), Results.Crash("orders-a")] }), Does.Contain(RunEvidence.ZoneLost).And.Contain(RunEvidence.ServiceHit));
        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), Results.Crash("orders-b")] }), Does.Not.Contain(RunEvidence.ZoneLost));
    }

    [Test]
    public void A_zone_of_one_component_is_no_more_than_that_component() =>
        Assert.That(Of(Whole with { Components = [new Component("db-a", ComponentKind.Database, "a"), new Component("orders-b", ComponentKind.Service, "b")] }), Does.Not.Contain(RunEvidence.ZoneLost));

    [Test]
    public void A_promotion_before_the_injection_is_no_failover() =>
        Assert.That(Of(Whole with { Timeline = [new TimelineEvent(TimeSpan.FromSeconds(1), TimelineKind.Promotion, "db-b", "")] }), Does.Not.Contain(RunEvidence.FailedOver));

    [TestCase(0, false)]
    [TestCase(1, true)]
    public void Served_again_only_after_the_fault_was_undone_is_no_healing(double healed, bool isEvidence) =>
        Assert.That(Of(Whole.Without(FigureNames.HealedByItself).And(Figure.Exact(FigureNames.HealedByItself, "orders", Unit.Count, healed, Better.Higher))).Contains(RunEvidence.HealedItself), Is.EqualTo(isEvidence));

    [Test]
    public void Noticed_by_the_system_and_not_by_its_users_is_absorbed()
    {
        var unseen = Whole.Without(FigureNames.RecoveryTime).And(new Figure(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 0, 0.005));

        Assert.That(Of(unseen), Does.Contain(RunEvidence.Absorbed).And.Not.Contain(RunEvidence.Interrupted));
        Assert.That(Of(unseen.Without(FigureNames.HealedByItself)), Does.Contain(RunEvidence.HealedItself), "users were served all the while");
        Assert.That(Of(unseen.Without(FigureNames.TimeToDetect)), Does.Not.Contain(RunEvidence.Absorbed).And.Not.Contain(RunEvidence.Detected));
        Assert.That(Of(Whole), Does.Not.Contain(RunEvidence.Absorbed));
        Assert.That(Of(Whole.Without(FigureNames.RecoveryTime)), Does.Not.Contain(RunEvidence.Absorbed).And.Not.Contain(RunEvidence.Interrupted), "what nobody measured is neither");
    }

    [Test]
    public void A_detection_that_was_looked_for_and_did_not_come_is_none() =>
        Assert.That(Of(Whole.Without(FigureNames.TimeToDetect).And(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 10, null))), Does.Not.Contain(RunEvidence.Detected));

    // Everything is as in a run that survived, but nobody felt anything.
    [Test]
    public void A_fault_without_any_effect_is_evidence_of_no_survival()
    {
        var everything = Whole.Unfelt() with { Faults = [Results.Crash("db-a"), Results.Crash("orders-a"), Results.Crash("a to b", "http.request")] };

        Assert.That(Of(everything), Is.EqualTo(new[] { RunEvidence.DatabaseHit, RunEvidence.Injected, RunEvidence.LinkHit, RunEvidence.Reconciled, RunEvidence.ServiceHit }));
        Assert.That(RunEvidence.CapacityLost(everything), Is.Null);
        Assert.That(Of(everything.And(new Figure(FigureNames.RecoveryTime, "payments", Unit.Seconds, null, null))), Is.EqualTo(Of(everything)), "where too little was seen nothing was felt");
    }

    private static IEnumerable<TestCaseData> Effects()
    {
        yield return new TestCaseData(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0.1, 0.2)).SetArgDisplayNames("detection");
        yield return new TestCaseData(Figure.Exact(FigureNames.BreakerChanges, "recommendations", Unit.Count, 1)).SetArgDisplayNames("breaker");
        yield return new TestCaseData(new Figure(FigureNames.RecoveryTime, "payments", Unit.Seconds, 1, 1.1)).SetArgDisplayNames("interruption");
        yield return new TestCaseData(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 1)).SetArgDisplayNames("lost writes");
        yield return new TestCaseData(Figure.Exact(FigureNames.ImpactAvailability, "slow link", Unit.Ratio, 0.99, Better.Higher)).SetArgDisplayNames("lost requests");
        yield return new TestCaseData(Figure.Exact(FigureNames.Promotions, "", Unit.Count, 1)).SetArgDisplayNames("promotion");
    }

    [TestCaseSource(nameof(Effects))]
    public void Any_effect_that_was_seen_makes_it_survival(Figure effect)
    {
        var zone = Whole.Unfelt() with { Faults = [Results.Crash("db-a"), Results.Crash("orders-a")] };
        var felt = zone.And(effect);

        Assert.That(Of(felt), Does.Contain(RunEvidence.EffectSeen).And.Contain(RunEvidence.ZoneLost).And.Contain(RunEvidence.HealedItself));
        Assert.That(RunEvidence.CapacityLost(felt), Is.EqualTo(0.5));
    }

    [Test]
    public void Different_faults_at_the_same_time_are_several_and_the_same_on_each_instance_is_one()
    {
        var later = Results.Crash("db-b", "http.request") with { Injected = new TimeWindow(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)) };

        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), Results.Crash("db-b", "http.request")] }), Does.Contain(RunEvidence.SeveralFaults));
        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), Results.Crash("db-b")] }), Does.Not.Contain(RunEvidence.SeveralFaults));
        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), later] }), Does.Not.Contain(RunEvidence.SeveralFaults), "one after the other");
    }

    [Test]
    public void Among_other_events_a_promotion_is_found_even_at_the_very_injection() =>
        Assert.That(
            Of(Whole with { Timeline = [new TimelineEvent(TimeSpan.FromSeconds(3), TimelineKind.Note, "x", ""), new TimelineEvent(Results.Injection.Start, TimelineKind.Promotion, "db-b", "")] }),
            Does.Contain(RunEvidence.FailedOver));

    [Test]
    public void Looking_nothing_up_is_no_reconciliation() =>
        Assert.That(Of(Whole.Without(FigureNames.AcknowledgedWrites).And(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 0, Better.Neither))), Does.Not.Contain(RunEvidence.Reconciled));

    [Test]
    public void One_fault_that_ends_as_another_begins_and_a_third_beside_are_several()
    {
        var second = Results.Crash("db-b", "http.request") with { Injected = new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5)), Reverted = null };

        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), second, Results.Crash("orders-a")] }), Does.Contain(RunEvidence.SeveralFaults));
    }

    [Test]
    public void Breakers_and_links_are_seen()
    {
        Assert.That(Of(Whole.And(Figure.Exact(FigureNames.BreakerChanges, "b", Unit.Count, 2))), Does.Contain(RunEvidence.BreakerMoved));
        Assert.That(Of(Whole.And(Figure.Exact(FigureNames.BreakerChanges, "b", Unit.Count, 0))), Does.Not.Contain(RunEvidence.BreakerMoved));
        Assert.That(Of(Whole.And(new Figure(FigureNames.BreakerChanges, "b", Unit.Count, null, null))), Does.Not.Contain(RunEvidence.BreakerMoved), "unknown");
        Assert.That(Of(Whole with { Faults = [Results.Crash("a to b")] }), Does.Contain(RunEvidence.LinkHit));
    }

    [Test]
    public void The_capacity_lost_is_the_share_of_the_service_instances_that_were_hit()
    {
        Assert.That(RunEvidence.CapacityLost(Whole), Is.Null);
        Assert.That(RunEvidence.CapacityLost(Whole with { Faults = [Results.Crash("orders-a"), Results.Crash("db-a")] }), Is.EqualTo(0.5));
        Assert.That(RunEvidence.CapacityLost(Whole with { Faults = [Results.Crash("orders-a")], Injection = null }), Is.Null);
        Assert.That(RunEvidence.CapacityLost(Whole with { Faults = [Results.Crash("orders-a")], Components = [] }), Is.Null);
    }

    private static IReadOnlyList<string> Of(RunRecord result) => RunEvidence.Of(result);
}
