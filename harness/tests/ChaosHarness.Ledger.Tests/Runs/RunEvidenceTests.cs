using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Measurement;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Tests.Runs;

public sealed class RunEvidenceTests
{
    private static readonly RunRecord Whole = Results.Whole();

    [Test]
    public void A_run_shows_what_was_recorded_and_no_more() =>
        Assert.That(RunEvidence.Of(Whole), Is.EqualTo(new[] { RunEvidence.DatabaseHit, RunEvidence.Detected, RunEvidence.FailedOver, RunEvidence.HealedItself, RunEvidence.Injected, RunEvidence.Reconciled }));

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

    [Test]
    public void Served_again_only_after_the_fault_was_undone_is_no_healing()
    {
        Assert.That(Of(Recovering(stableFrom: 5.5)), Does.Not.Contain(RunEvidence.HealedItself));
        Assert.That(Of(Recovering(stableFrom: 4.9)), Does.Contain(RunEvidence.HealedItself));
        Assert.That(Of(Recovering(stableFrom: null)), Does.Not.Contain(RunEvidence.HealedItself));
    }

    [Test]
    public void Noticed_by_the_system_and_not_by_its_users_is_absorbed()
    {
        var unseen = new RecoveryTime(new Bounds(TimeSpan.Zero, TimeSpan.FromMilliseconds(5)), false, 0, null, TimeSpan.FromSeconds(2.2));

        Assert.That(Of(Whole with { Measurements = Whole.Measurements with { Recovery = unseen } }), Does.Contain(RunEvidence.Absorbed));
        Assert.That(Of(Whole with { Measurements = Whole.Measurements with { Recovery = unseen, Detections = [] } }), Does.Not.Contain(RunEvidence.Absorbed).And.Not.Contain(RunEvidence.Detected));
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
    public void A_weakness_that_was_there_before_and_undone_does_not_count_as_the_fault_being_undone()
    {
        var weakness = Results.Crash("db-b") with { Injected = new TimeWindow(TimeSpan.Zero, TimeSpan.Zero), Reverted = new TimeWindow(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(2.6)) };

        Assert.That(Of(Whole with { Faults = [weakness, Results.Crash("db-a")] }), Does.Contain(RunEvidence.HealedItself));
        Assert.That(Of(Recovering(stableFrom: 5)), Does.Contain(RunEvidence.HealedItself), "at the very moment");
    }

    [Test]
    public void Looking_nothing_up_is_no_reconciliation() =>
        Assert.That(Of(Whole with { Measurements = Whole.Measurements with { DataLoss = Whole.Measurements.DataLoss! with { Acknowledged = 0 } } }), Does.Not.Contain(RunEvidence.Reconciled));

    [Test]
    public void One_fault_that_ends_as_another_begins_and_a_third_beside_are_several()
    {
        var second = Results.Crash("db-b", "http.request") with { Injected = new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5)), Reverted = null };

        Assert.That(Of(Whole with { Faults = [Results.Crash("db-a"), second, Results.Crash("orders-a")] }), Does.Contain(RunEvidence.SeveralFaults));
    }

    [Test]
    public void Breakers_and_links_are_seen()
    {
        var moved = new BreakerBehaviour { Breaker = "b", LetThrough = 0, KeptOff = 0, HalfOpenTrials = 0, Sequence = [BreakerState.Closed, BreakerState.Open] };

        Assert.That(Of(Whole with { Measurements = Whole.Measurements with { Breakers = [moved] } }), Does.Contain(RunEvidence.BreakerMoved));
        Assert.That(Of(Whole with { Measurements = Whole.Measurements with { Breakers = [moved with { Sequence = [BreakerState.Closed] }] } }), Does.Not.Contain(RunEvidence.BreakerMoved));
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

    private static RunRecord Recovering(double? stableFrom)
    {
        var recovery = new RecoveryTime(new Bounds(TimeSpan.FromSeconds(1), stableFrom is null ? null : TimeSpan.FromSeconds(3)), true, 1, TimeSpan.FromSeconds(3), stableFrom is { } at ? TimeSpan.FromSeconds(at) : null);
        return Whole with { Measurements = Whole.Measurements with { Recovery = recovery } };
    }
}
