using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Detections;

public sealed class DetectionCheckerTests
{
    [Test]
    public void The_first_signal_of_each_source_counts_and_the_quickest_is_the_ttd()
    {
        var finding = Check(Run().Signal(9, "lb", SignalKind.Detected, "old")
            .Signal(11, "lb", SignalKind.Detected, "DOWN").Signal(12, "failover", SignalKind.Detected, "lost").Signal(13, "lb", SignalKind.Detected, "worse").Cut(20));

        Assert.That(finding.Detections.Select(detection => (detection.Source, detection.Detail, detection.TimeToDetect)), Is.EqualTo(new[]
        {
            ("lb", "DOWN", new Bounds(S(0.9), S(1))), ("failover", "lost", new Bounds(S(1.9), S(2))),
        }));
        Assert.That((finding.TimeToDetect, finding.ToString()), Is.EqualTo((new Bounds(S(0.9), S(1)), "900ms..1s by lb")));
        Assert.That((finding.By("failover")?.Detail, finding.By("pager")), Is.EqualTo(("lost", (Detection?)null)));
    }

    [Test]
    public void A_signal_is_an_interval_from_when_it_was_last_seen_otherwise()
    {
        var finding = Check(Run().Signal(14, "lb", SignalKind.Detected, "DOWN", notBefore: 12.2).Signal(15.04, "alerts", SignalKind.Detected, "firing", notBefore: 10.3).Cut(20));

        Assert.That(finding.By("lb")!.TimeToDetect, Is.EqualTo(new Bounds(S(2.1), S(4))));
        Assert.That(finding.TimeToDetect, Is.EqualTo(new Bounds(S(0.2), S(4))), "no later than the load balancer, and no sooner than the alert may have been");
    }

    [TestCase(9.99, false)]
    [TestCase(10, true)]
    public void A_signal_that_was_received_before_the_strike_is_not_of_it(double at, bool counts) =>
        Assert.That(Check(Run().Signal(at, "lb", SignalKind.Detected, notBefore: 5).Cut(20)).Detections, Has.Count.EqualTo(counts ? 1 : 0));

    [TestCase(20, 1)]
    [TestCase(20.001, 0)]
    public void A_signal_after_the_cut_does_not_make_it_look_better(double at, int detections) =>
        Assert.That(Check(Run().Signal(at, "lb", SignalKind.Detected).Cut(20)).Detections, Has.Count.EqualTo(detections));

    [Test]
    public void A_breaker_that_opens_has_detected_and_one_that_opens_again_has_not()
    {
        var finding = Check(Run().Breaker(9, BreakerState.Open, 0, 0, "old").Breaker(11, BreakerState.HalfOpen, 0, 0, "old").Breaker(11.5, BreakerState.Open, 0, 0, "old")
            .Breaker(12, BreakerState.Open, 5, 0).Breaker(13, BreakerState.Closed, 5, 0, "shut").Cut(20));

        Assert.That(finding.Detections.Select(detection => (detection.Source, detection.TimeToDetect)), Is.EqualTo(new[] { ("recommendations", new Bounds(S(1.9), S(2))) }));
    }

    [Test]
    public void An_alarm_that_was_on_already_is_no_detection_when_it_is_said_again()
    {
        var again = Run().Signal(8, "alerts", SignalKind.Detected, "lag").Signal(12, "alerts", SignalKind.Detected, "lag").Cut(20);
        var another = Run().Signal(8, "alerts", SignalKind.Detected, "lag").Signal(12, "alerts", SignalKind.Detected, "down").Cut(20);
        var cleared = Run().Signal(7, "alerts", SignalKind.Detected, "lag").Signal(8, "alerts", SignalKind.Recovered).Signal(12, "alerts", SignalKind.Detected, "lag").Cut(20);

        Assert.That(new[] { again, another, cleared }.Select(run => Check(run).Detections.Count), Is.EqualTo(new[] { 0, 1, 1 }));
    }

    [Test]
    public void Faults_in_sequence_have_a_window_each()
    {
        // The first is undone before the second strikes, and the load balancer notices only the second.
        var run = new RecordedRun().Fault("one", 10, reverted: 12).Fault("two", 14, reverted: 16, strike: 1).Fault("three", 18, strike: 2)
            .Signal(13, "too late", SignalKind.Detected)
            .Signal(15, "lb", SignalKind.Detected, "DOWN")
            .Signal(16, "at the very end", SignalKind.Detected)
            .Signal(16.01, "late", SignalKind.Detected)
            .Cut(20);

        var finding = Check(run);

        Assert.That(finding.Detections.Select(detection => detection.Source), Is.EqualTo(new[] { "lb", "at the very end" }));
        Assert.That(finding.By("lb")!.TimeToDetect, Is.EqualTo(new Bounds(S(0.9), S(1))), "from the strike of the fault that was there");
        Assert.That(finding.TimeToDetect, Is.EqualTo(new Bounds(S(4.9), S(5))), "from the first strike, which nobody noticed");
    }

    [Test]
    public void Of_two_faults_that_are_there_nobody_can_tell_which_was_noticed()
    {
        var run = new RecordedRun().Fault("one", 10).Fault("two", 14, strike: 1).Signal(15, "lb", SignalKind.Detected).Cut(20);

        Assert.That(Check(run).By("lb")!.TimeToDetect, Is.EqualTo(new Bounds(S(0.9), S(5))));
    }

    [Test]
    public void A_revert_that_began_before_the_cut_and_was_known_after_it_ends_the_fault()
    {
        var run = new RecordedRun().Fault("one", 10, reverted: 12).Signal(12.05, "lb", SignalKind.Detected).Cut(12.08);

        Assert.That(Check(run).Detections, Is.Empty);
    }

    [Test]
    public void A_fault_that_the_system_ended_itself_may_be_noticed_later()
    {
        var run = new RecordedRun().Fault("freeze", 10, reverted: 12, end: FaultEnd.Superseded).Signal(13, "lb", SignalKind.Detected).Cut(20);

        Assert.That(Check(run).Detections, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_weakness_is_not_what_is_to_be_noticed()
    {
        var run = new RecordedRun().Fault("lag", 5, isWeakness: true).Signal(6, "lb", SignalKind.Detected).Fault("crash", 10, reverted: 12).Signal(13, "alerts", SignalKind.Detected).Cut(20);

        Assert.That(Check(run).Detections, Is.Empty);
    }

    [Test]
    public void Where_somebody_listens_what_nobody_noticed_is_a_figure_without_an_upper_bound()
    {
        var finding = Check(new RecordedRun(isListenedTo: true).Fault("crash", 10).Cut(20));

        Assert.That(finding.TimeToDetect, Is.EqualTo(new Bounds(S(9.9), null)));
        Assert.That(finding.Figures, Is.EqualTo(new[] { new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 9.9, null) }));
        Assert.That(finding.ToString(), Is.EqualTo("not detected within 9.9s"));
    }

    [Test]
    public void A_system_that_has_spoken_is_listened_to() =>
        Assert.That(Check(new RecordedRun().Signal(1, "lb", SignalKind.Recovered).Fault("crash", 10).Cut(20)).TimeToDetect, Is.EqualTo(new Bounds(S(9.9), null)));

    [Test]
    public void It_was_looked_for_until_the_last_fault_began_to_be_undone()
    {
        var run = new RecordedRun(isListenedTo: true).Fault("one", 10, reverted: 12).Fault("two", 11, reverted: 15, strike: 1).Cut(20);

        Assert.That(Check(run).TimeToDetect, Is.EqualTo(new Bounds(S(4.9), null)));
    }

    [Test]
    public void Where_nobody_listens_or_nothing_struck_there_is_no_figure()
    {
        foreach (var run in new[] { new RecordedRun().Fault("crash", 10).Cut(20), new RecordedRun(isListenedTo: true).Signal(5, "lb", SignalKind.Detected) })
        {
            var finding = Check(run);
            Assert.That((finding.TimeToDetect, finding.Figures.Count, finding.ToString()), Is.EqualTo(((Bounds?)null, 0, "unknown: the system says nothing of itself, or nothing has struck")));
        }
    }

    [Test]
    public void The_same_source_is_reinstated_by_the_next_all_clear_after_the_way_back_began()
    {
        var run = new RecordedRun().Fault("crash", 10, reverted: 20).Signal(11, "lb", SignalKind.Detected).Signal(21, "other", SignalKind.Recovered).Cut(20)
            .Signal(22, "lb", SignalKind.Recovered, notBefore: 21.5).Signal(23, "lb", SignalKind.Recovered);

        Assert.That(Check(run).By("lb")!.TimeToReinstate, Is.EqualTo(new Bounds(S(1.5), S(2))));
    }

    [Test]
    public void One_that_was_well_again_before_anything_was_undone_needed_no_time_after_it()
    {
        var run = new RecordedRun().Fault("crash", 10, reverted: 20).Signal(11, "lb", SignalKind.Detected).Signal(15, "lb", SignalKind.Recovered).Cut(20);

        Assert.That(Check(run).By("lb")!.TimeToReinstate, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void An_all_clear_that_did_not_hold_is_none()
    {
        var run = new RecordedRun().Fault("crash", 10, reverted: 20).Signal(11, "lb", SignalKind.Detected).Signal(15, "lb", SignalKind.Recovered).Cut(20)
            .Signal(21, "lb", SignalKind.Detected).Signal(24, "lb", SignalKind.Recovered);

        Assert.That(Check(run).By("lb")!.TimeToReinstate, Is.EqualTo(new Bounds(S(4), S(4))));
        Assert.That(new DetectionChecker().Check(run.Writer.Look().Before(S(23))).By("lb")!.TimeToReinstate, Is.EqualTo(new Bounds(S(3), null)), "looked for, and not found yet");
    }

    [Test]
    public void One_that_was_never_reinstated_is_a_figure_without_an_upper_bound()
    {
        var finding = Check(new RecordedRun().Fault("crash", 10, reverted: 20).Signal(11, "lb", SignalKind.Detected).Cut(20));

        Assert.That(finding.Figures, Is.EqualTo(new[]
        {
            new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0.9, 1),
            new Figure(FigureNames.TimeToDetect, "lb", Unit.Seconds, 0.9, 1),
            new Figure(FigureNames.TimeToReinstate, "lb", Unit.Seconds, 10, null),
        }));
    }

    [Test]
    public void While_nothing_is_undone_nobody_can_be_reinstated()
    {
        Assert.That(Check(Run().Signal(11, "lb", SignalKind.Detected)).By("lb")!.TimeToReinstate, Is.Null);
        Assert.That(Check(Run().Signal(11, "lb", SignalKind.Detected).Signal(12, "lb", SignalKind.Recovered)).By("lb")!.TimeToReinstate, Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
    }

    [Test]
    public void A_breaker_is_reinstated_when_it_closes()
    {
        var run = new RecordedRun().Fault("crash", 10, reverted: 20).Breaker(11, BreakerState.Open, 0, 0).Breaker(21, BreakerState.HalfOpen, 0, 0).Breaker(21.5, BreakerState.Closed, 1, 0);

        Assert.That(Check(run).By("recommendations")!.TimeToReinstate, Is.EqualTo(new Bounds(S(1.5), S(1.5))));
    }

    [Test]
    public void Each_is_reinstated_after_the_fault_that_it_had_noticed()
    {
        var run = new RecordedRun()
            .Fault("crash of a", 10, reverted: 12).Signal(11, "lb: a", SignalKind.Detected).Signal(13, "lb: a", SignalKind.Recovered)
            .Fault("crash of b", 15, reverted: 17, strike: 1).Signal(16, "lb: b", SignalKind.Detected).Signal(20, "lb: b", SignalKind.Recovered).Cut(22);

        Assert.That(Check(run).Detections.Select(detection => detection.TimeToReinstate), Is.EqualTo(new Bounds?[] { new(S(1), S(1)), new(S(3), S(3)) }));
    }

    [Test]
    public void A_look_while_the_run_goes_on_sees_what_the_whole_history_says_of_that_time()
    {
        var run = new RecordedRun(isListenedTo: true).Fault("crash", 10, reverted: 20).Signal(11, "lb", SignalKind.Detected, notBefore: 10.5).Breaker(12, BreakerState.Open, 0, 0).Cut(19.9)
            .Signal(22, "lb", SignalKind.Recovered);
        var looks = Enumerable.Range(0, 50).Select(half => run.Until(half / 2.0)).Select(look => (look.Until, Seen: new DetectionChecker().Check(look).ToString())).ToList();

        var whole = run.Until(30);

        Assert.That(looks.Select(look => new DetectionChecker().Check(whole.Before(look.Until)).ToString()), Is.EqualTo(looks.Select(look => look.Seen)));
        Assert.That(looks.Select(look => look.Seen).Distinct().Count(), Is.GreaterThan(2));
    }

    private static RecordedRun Run() => new RecordedRun().Fault("crash", 10);

    private static DetectionFinding Check(RecordedRun run) => new DetectionChecker().Check(run.Until(30));
}
