using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Checkers;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Expectations;

/// <summary>Each expectation is held against a system that meets it and against one that is just that much worse.</summary>
public sealed class VocabularyTests
{
    // 100 requests a second, 10 s of steady state, the strike at 10 s, an outage of 2 s.
    [TestCase("3s", true, null)]
    [TestCase("1s", false, "1.01s")]
    public void Recovery_is_judged_on_its_upper_bound(string rto, bool isMet, string? missedBy)
    {
        var verdict = Recovered.Within(rto).Judge(Outage(until: 12).Cut(15).Until(20));

        Assert.That((verdict.Objective, verdict.Met), Is.EqualTo(($"recovered within {rto}", isMet)));
        Assert.That(verdict.MissedBy, missedBy is null ? Is.Null : Is.EqualTo(missedBy));
        Assert.That((verdict.Decisive!.Name, verdict.Decisive.Subject, verdict.Limit), Is.EqualTo((FigureNames.RecoveryTime, "orders", isMet ? 3 : 1)));
        Assert.That(verdict.Seen, Is.EqualTo(new[] { "200 of 500: HTTP 503" }));
    }

    [Test]
    public void What_is_surely_missed_is_never_rounded_up() =>
        Assert.That(Held.Within(new Bounds(TimeSpan.FromSeconds(59.96), null), "", TimeSpan.FromSeconds(5), null).MissedBy, Is.EqualTo("at least 54.9s"));

    // An outage of 2 s on a system ten times as fast as where its objectives come from is one of 20 s there.
    [TestCase("21s", true, null)]
    [TestCase("20s", false, "50ms")]
    public void Objectives_of_where_a_system_is_slower_are_held_against_it_divided_by_its_speed(string rto, bool isMet, string? missedBy)
    {
        var verdict = Recovered.Within(rto).Judge(Outage(until: 12, speed: 10).Cut(15).Until(20));

        Assert.That((verdict.Objective, verdict.Met, verdict.MissedBy), Is.EqualTo(($"recovered within {rto}", isMet, missedBy)));
        Assert.That(verdict.Limit, Is.EqualTo(isMet ? 2.1 : 2));
        Assert.That(verdict.Actual, Does.EndWith($" (10 times as fast: 18.9s..20.1s, so {rto} is {(isMet ? "2.1s" : "2s")} here)"));
        Assert.That(Answered.Percentile(50).Within("5ms").Judge(Outage(until: 12, speed: 10).Cut(15).Until(20)).Met, Is.True, "what programs do is as fast here as there");
    }

    [TestCase("2.1s", true, null)]
    [TestCase("2s", false, "50ms")]
    [TestCase("10 writes, 2.1s", true, null)]
    [TestCase("9 writes, 2.1s", false, "1 write")]
    public void A_loss_in_time_is_one_of_where_the_system_is_slower_and_a_count_is_the_same(string rpo, bool isMet, string? missedBy)
    {
        var verdict = Lost.AtMost(rpo).Judge(Writes(speed: 10).ReadBack(50, "orders", number => number >= 90 ? 0 : 1).Until(60));

        Assert.That((verdict.Met, verdict.MissedBy), Is.EqualTo((isMet, missedBy)), verdict.Actual);
    }

    [Test]
    public void A_system_that_did_not_recover_by_the_cut_is_missed_though_the_revert_healed_it()
    {
        var run = new RecordedRun().Source("orders", timeout: 5).Fault("freeze", 10, reverted: 25);
        run.Every("orders", 0.01, 0, 30, due => run.Send("orders", due, due is >= 10 and < 25 ? 25.5 - due : 0.005)).Cut(25);

        var verdict = Recovered.Within("60s").Judge(run.Until(40));

        Assert.That((verdict.Met, verdict.Decisive!.Upper), Is.EqualTo((false, (double?)null)));
        Assert.That(verdict.Actual, Does.StartWith("not recovered after"));
        Assert.That(Recovered.Within("2s").Judge(run.Writer.Look()).MissedBy, Does.StartWith("at least"));
        Assert.That(Healed.ByItself.Judge(run.Writer.Look()).Met, Is.False);
    }

    [Test]
    public void Before_anything_struck_no_recovery_is_known()
    {
        var verdict = Recovered.Within("1h").Judge(new RecordedRun().Source("orders").Every("orders", 0.1, 0, 5).Until(6));

        Assert.That((verdict.Met, verdict.MissedBy, verdict.Decisive), Is.EqualTo((false, (string?)null, (Figure?)null)));
    }

    [Test]
    public void A_signal_can_be_named()
    {
        var history = Outage(until: 12).Source("front page").Every("front page", 0.01, 0, 16).Cut(15).Until(20);

        Assert.That(Recovered.Of("front page").Within("1s").Judge(history), Has.Property("Met").True.And.Property("Objective").EqualTo("front page recovered within 1s"));
        Assert.That(Recovered.Of("orders").Within(S(1)).Judge(history).Met, Is.False);
        Assert.That(Recovered.Of("back page").Within("1s").Judge(history).Actual, Does.Contain("'back page'").And.Contain("front page"));
        Assert.That(Recovered.Within(S(1)), Is.EqualTo(Recovered.Within("1s")).And.Not.EqualTo(Recovered.Of("orders").Within("1s")));
        Assert.That(Available.Of("front page").AtLeast("100%").Judge(history), Has.Property("Met").True.And.Property("Objective").EqualTo("front page available at least 100%"));
        Assert.That(Answered.Of("front page").Percentile(99).Within("5ms").Judge(history), Has.Property("Met").True.And.Property("Objective").EqualTo("front page answered with p99 within 5ms"));
    }

    [Test]
    public void Healed_by_itself_is_served_again_before_anything_was_undone()
    {
        var itself = Outage(until: 12).Cut(15).Until(20);
        var never = new RecordedRun().Source("orders").Fault("crash", 10).Every("orders", 0.01, 0, 16).Cut(15).Until(20);
        var helped = Outage(until: 16, reverted: 15).Cut(20).Until(22);

        Assert.That(Healed.ByItself.Judge(itself), Has.Property("Met").True.And.Property("Objective").EqualTo("healed by itself"));
        Assert.That(Healed.ByItself.Judge(never).Met, Is.True);
        Assert.That(Healed.ByItself.Judge(helped), Has.Property("Met").False.And.Property("Actual").StartsWith("served again"));
        Assert.That(Healed.ByItselfOn("orders").Judge(helped), Has.Property("Met").False.And.Property("Objective").EqualTo("orders healed by itself"));
        Assert.That(Healed.ByItself.Judge(helped).Decisive!.Name, Is.EqualTo(FigureNames.HealedByItself));
    }

    [Test]
    public void Nothing_lost_means_nor_duplicated_nor_diverged()
    {
        var well = Writes().ReadBack(50, "orders", _ => 1).Until(60);
        var lost = Writes().ReadBack(50, "orders", number => number == 3 ? 0 : 1).Until(60);
        var twice = Writes().ReadBack(50, "orders", number => number == 3 ? 2 : 1).Until(60);
        var diverged = Writes().Signal(11, "db-b", SignalKind.Promoted).Send("orders", 12, node: "db-a").ReadBack(50, "orders", _ => 1).Until(60);

        Assert.That(Lost.Nothing.Judge(well), Has.Property("Met").True.And.Property("Actual").EqualTo("0 of 100 writes; 0 duplicated, 0 diverged"));
        Assert.That(new[] { lost, twice, diverged }.Select(history => Lost.Nothing.Judge(history)).Select(verdict => (verdict.Met, verdict.MissedBy, verdict.Decisive!.Name, verdict.Limit)), Is.EqualTo(new[]
        {
            (false, "1 write", FigureNames.LostWrites, (double?)0), (false, "1 write", FigureNames.DuplicatedWrites, 0), (false, "1 write", FigureNames.DivergedWrites, 0),
        }));
    }

    // Writes 90 to 99 are lost, the first of them acknowledged at 9.895 s; the strike ended at 10.1 s.
    [TestCase("10 writes", true, null, FigureNames.LostWrites)]
    [TestCase("9 writes", false, "1 write", FigureNames.LostWrites)]
    [TestCase("0 writes", false, "10 writes", FigureNames.LostWrites)]
    [TestCase("205ms", true, null, FigureNames.RecoveryPoint)]
    [TestCase("0s", false, "205ms", FigureNames.RecoveryPoint)]
    [TestCase("190ms", false, "15ms", FigureNames.RecoveryPoint)]
    [TestCase("10 writes, 1s", true, null, FigureNames.RecoveryPoint)]
    [TestCase("10 writes, 100ms", false, "105ms", FigureNames.RecoveryPoint)]
    [TestCase("2 writes, 1s", false, "8 writes", FigureNames.LostWrites)]
    public void A_loss_is_held_against_each_bound_that_is_given(string rpo, bool isMet, string? missedBy, string figure)
    {
        var verdict = Lost.AtMost(rpo).Judge(Writes().ReadBack(50, "orders", number => number >= 90 ? 0 : 1).Until(60));

        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy, verdict.Decisive!.Name), Is.EqualTo(($"lost at most {rpo}", "10 of 100 writes, 205ms", isMet, missedBy, figure)));
    }

    [Test]
    public void Neither_zero_seconds_nor_zero_writes_is_met_by_a_loss_after_the_injection()
    {
        var history = Writes().Send("orders", 12).ReadBack(50, "orders", number => number == 100 ? 0 : 1).Until(60);

        Assert.That((Lost.AtMost("0s").Judge(history).Met, Lost.AtMost("0 writes").Judge(history).Met), Is.EqualTo((false, false)));
        Assert.That((Lost.AtMost("0s").Judge(Writes().ReadBack(50, "orders", _ => 1).Until(60)).Met, Lost.AtMost("0s").Judge(history).MissedBy), Is.EqualTo((true, "1us")));
    }

    [Test]
    public void An_objective_without_a_bound_is_met_by_whatever_was_read_back()
    {
        var anything = Lost.AtMost(new RecoveryPointObjective(null, null));

        Assert.That(anything.Judge(Writes().ReadBack(50, "orders", _ => 0).Until(60)).Met, Is.True);
        Assert.That(anything.Judge(Writes().Until(60)).Met, Is.False);
    }

    [Test]
    public void A_loss_can_be_expected()
    {
        var history = Writes().ReadBack(50, "orders", number => number >= 90 ? 0 : 1).Until(60);

        Assert.That(Lost.AtLeast(10).Judge(history), Has.Property("Met").True.And.Property("Objective").EqualTo("lost at least 10 writes"));
        Assert.That(Lost.AtLeast(11).Judge(history), Has.Property("Met").False.And.Property("MissedBy").EqualTo("1 write").And.Property("Limit").Null, "an RPO it is not");
    }

    [Test]
    public void Data_that_cannot_be_read_back_meets_nothing_and_is_the_reason()
    {
        var history = Writes().ReadBackFails(50, "orders", "connection refused").Until(60);

        foreach (var expectation in new[] { Lost.Nothing, Lost.AtMost("1000 writes"), Lost.AtMost("1h"), Lost.AtMost("1000 writes, 1h"), Lost.AtLeast(0) })
        {
            var verdict = expectation.Judge(history);
            Assert.That((verdict.Met, verdict.Actual, verdict.MissedBy, verdict.Decisive), Is.EqualTo((false, "the data could not be read back: connection refused", (string?)null, (Figure?)null)), expectation.Text);
        }
    }

    [TestCase("99.9%", true, null)]
    [TestCase("99.91%", false, "1 of 1000 requests")]
    [TestCase("100%", false, "1 of 1000 requests")]
    public void An_availability_is_compared_as_it_is_written(string least, bool isMet, string? missedBy)
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10);
        run.Every("orders", 0.01, 10, 20, due => run.Send("orders", due, 0.001, due == 15 ? OperationVerdict.Error : OperationVerdict.Good)).Cut(25);

        var verdict = Available.AtLeast(least).Judge(run.Until(30));

        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy), Is.EqualTo(($"available at least {least}", "99.9% (999 of 1000)", isMet, missedBy)));
        Assert.That(verdict.Decisive!.Name, Is.EqualTo(FigureNames.Availability));
        Assert.That(verdict.Limit, Is.EqualTo(double.Parse(least[..^1], System.Globalization.CultureInfo.InvariantCulture) / 100).Within(1e-12));
    }

    [Test]
    public void An_availability_of_nothing_is_missed()
    {
        var verdict = Available.AtLeast("0%").Judge(new RecordedRun().Source("orders").Fault("crash", 10).Cut(20).Until(30));

        Assert.That((verdict.Met, verdict.Actual, verdict.MissedBy), Is.EqualTo((false, "unknown, nothing was due", (string?)null)));
        Assert.That(Available.AtLeast(0.999), Is.EqualTo(Available.AtLeast("99.9%")));
        Assert.That(Available.Of("a").AtLeast(0.999), Is.EqualTo(Available.Of("a").AtLeast("99.9%")));
        Assert.That(Available.Of("a").AtLeast(1.5).Mistakes, Has.Some.Contains("a ratio is 0 to 1, not 1.5"));
    }

    [TestCase("100ms", true, null)]
    [TestCase("99ms", false, "1ms")]
    public void Answers_are_held_against_a_percentile(string limit, bool isMet, string? missedBy)
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10);
        run.Every("orders", 0.01, 11, 12, due => run.Send("orders", due, 0.1)).Cut(15);

        var verdict = Answered.Percentile(99.9).Within(limit).Judge(run.Until(20));

        Assert.That((verdict.Objective, verdict.Met, verdict.MissedBy, verdict.Decisive!.Name), Is.EqualTo(($"answered with p99.9 within {limit}", isMet, missedBy, "latency p99.9")));
        Assert.That(Answered.Within(LatencyObjective.Parse($"p99.9 {limit}")), Is.EqualTo(Answered.Percentile(99.9).Within(limit)));
        Assert.That(Answered.Percentile(50).Within("1h").Judge(new RecordedRun().Source("orders").Fault("crash", 10).Cut(20).Until(30)).Met, Is.False, "nothing was answered");
    }

    [TestCase("2s", true, null)]
    [TestCase("1.9s", false, "100ms")]
    public void Noticing_is_judged_on_its_upper_bound(string time, bool isMet, string? missedBy)
    {
        var history = Noticed().Until(30);

        var some = Detected.Within(time).Judge(history);
        var one = Detected.By("lb", time).Judge(history);

        Assert.That((some.Objective, some.Actual, some.Met, some.MissedBy, some.Decisive!.Subject), Is.EqualTo(($"detected within {time}", "1.4s..2s by lb", isMet, missedBy, "")));
        Assert.That((one.Objective, one.Actual, one.Met, one.MissedBy, one.Decisive!.Subject), Is.EqualTo(($"detected by lb within {time}", "1.4s..2s", isMet, missedBy, "lb")));
        Assert.That(Detected.Within(DurationOf(time)), Is.EqualTo(Detected.Within(time)));
    }

    [Test]
    public void One_that_did_not_notice_is_looked_for_and_not_found()
    {
        var other = Detected.By("pager", "1h").Judge(Noticed().Until(30));
        var nobody = Detected.Within("1h").Judge(new RecordedRun(isListenedTo: true).Fault("crash", 10).Cut(20).Until(30));

        Assert.That((other.Met, other.Actual, other.Decisive), Is.EqualTo((false, "not detected by it, but 1.4s..2s by lb", new Figure(FigureNames.TimeToDetect, "pager", Unit.Seconds, null, null))));
        Assert.That((nobody.Met, nobody.Actual, nobody.Decisive!.Upper), Is.EqualTo((false, "not detected within 9.9s", (double?)null)));
        Assert.That(Detected.By("pager", "1h").Judge(new RecordedRun().Fault("crash", 10).Cut(20).Until(30)).Actual, Does.StartWith("unknown"));
    }

    [TestCase("2s", true, null)]
    [TestCase("1s", false, "1s")]
    public void Reinstatement_counts_from_the_way_back(string time, bool isMet, string? missedBy)
    {
        var verdict = Detected.AndReinstatedBy("lb", time).Judge(Noticed().Signal(22, "lb", SignalKind.Recovered).Until(30));

        Assert.That((verdict.Objective, verdict.Actual, verdict.Met, verdict.MissedBy), Is.EqualTo(($"reinstated by lb within {time} of the revert", "2s..2s", isMet, missedBy)));
        Assert.That(verdict.Decisive, Is.EqualTo(new Figure(FigureNames.TimeToReinstate, "lb", Unit.Seconds, 2, 2)));
    }

    [Test]
    public void One_that_was_not_reinstated_says_why()
    {
        var expectation = Detected.AndReinstatedBy("lb", "1h");
        var unnoticed = new Figure(FigureNames.TimeToReinstate, "lb", Unit.Seconds, null, null);

        Assert.That((expectation.Judge(Noticed().Until(30)).Met, expectation.Judge(Noticed().Until(30)).Actual), Is.EqualTo((false, "not reinstated after 10s")));
        Assert.That((expectation.Judge(Noticed().Until(15)).Met, expectation.Judge(Noticed().Until(15)).Actual), Is.EqualTo((false, "not reinstated, and nothing was undone")));
        Assert.That((expectation.Judge(new RecordedRun().Fault("crash", 10).Until(15)).Actual, expectation.Judge(new RecordedRun().Fault("crash", 10).Until(15)).Decisive), Is.EqualTo(("it had not detected anything", unnoticed)));
    }

    [Test]
    public void A_breaker_is_held_against_what_it_said()
    {
        var breaker = Breaker.Named("recommendations");
        var history = Episode().Until(40);

        Verdicts(
            history,
            (breaker.OpenedWithin("1s"), "900ms..1s", null),
            (breaker.OpenedWithin("500ms"), "900ms..1s", "500ms"),
            (breaker.ClosedWithin("2s"), "2s..2s", null),
            (breaker.ClosedWithin("1s"), "2s..2s", "1s"),
            (breaker.KeptOff(905), "905: Closed > Open > HalfOpen > Closed", null),
            (breaker.KeptOff(1000), "905: Closed > Open > HalfOpen > Closed", "95"),
            (breaker.LetThroughAtMost(2), "2: Closed > Open > HalfOpen > Closed", null),
            (breaker.LetThroughAtMost(1), "2: Closed > Open > HalfOpen > Closed", "1"),
            (breaker.ChangedAtMost(3), "3: Closed > Open > HalfOpen > Closed", null),
            (breaker.ChangedAtMost(2), "3: Closed > Open > HalfOpen > Closed", "1"));
        Assert.That(breaker.OpenedAndClosedAgain().Judge(history), Has.Property("Met").True.And.Property("Actual").EqualTo("Closed > Open > HalfOpen > Closed"));
        Assert.That(breaker.OpenedWithin("1s").Text, Is.EqualTo("breaker recommendations opened within 1s"));
        Assert.That(new[] { breaker.OpenedWithin("1s"), breaker.ClosedWithin("1s"), breaker.KeptOff(1), breaker.LetThroughAtMost(1), breaker.ChangedAtMost(1) }.Select(one => one.Judge(history).Decisive!.Name), Is.EqualTo(new[]
        {
            FigureNames.BreakerTimeToOpen, FigureNames.BreakerTimeToClose, FigureNames.BreakerKeptOff, FigureNames.BreakerLetThrough, FigureNames.BreakerChanges,
        }));
    }

    [Test]
    public void A_breaker_that_says_nothing_has_changed_nothing_where_somebody_listens()
    {
        var silent = new RecordedRun(isListenedTo: true).Fault("crash", 10, reverted: 20).Until(40);
        var unheard = new RecordedRun().Fault("crash", 10, reverted: 20).Until(40);
        var breaker = Breaker.Named("recommendations");

        var verdict = breaker.ChangedAtMost(0).Judge(silent);
        Assert.That((verdict.Met, verdict.Actual, verdict.Decisive!.Upper), Is.EqualTo((true, "0: the breaker said nothing", 0.0)));
        Assert.That((breaker.ChangedAtMost(0).Judge(unheard).Met, breaker.ChangedAtMost(0).Judge(unheard).Actual), Is.EqualTo((false, "unknown: nobody listens to what the system says of itself. Give it a source of signals.")));
        foreach (var expectation in new[] { breaker.OpenedWithin("1h"), breaker.ClosedWithin("1h"), breaker.KeptOff(0), breaker.LetThroughAtMost(1000), breaker.OpenedAndClosedAgain() })
        {
            Assert.That((expectation.Judge(silent).Met, expectation.Judge(silent).Actual), Is.EqualTo((false, "the breaker said nothing")), expectation.Text);
        }

        Assert.That(breaker.OpenedWithin("1h").Judge(silent).Decisive, Is.EqualTo(new Figure(FigureNames.BreakerTimeToOpen, "recommendations", Unit.Seconds, null, null)));
        Assert.That(breaker.ClosedWithin("1h").Judge(silent).Decisive, Is.EqualTo(new Figure(FigureNames.BreakerTimeToClose, "recommendations", Unit.Seconds, null, null)));
    }

    [Test]
    public void A_breaker_tells_what_happened_instead()
    {
        var breaker = Breaker.Named("recommendations");
        var early = Run().Breaker(11, BreakerState.Open, 0, 0).Breaker(12, BreakerState.Closed, 0, 9).Until(40);
        var open = Run().Breaker(11, BreakerState.Open, 0, 0).Until(40);
        var closed = Run().Breaker(1, BreakerState.Closed, 0, 0).Until(40);
        var going = Run().Breaker(11, BreakerState.Open, 0, 0).Until(15);

        Assert.That((breaker.ClosedWithin("0s").Judge(early).Met, breaker.ClosedWithin("0s").Judge(early).Actual), Is.EqualTo((true, "closed before anything was undone")));
        Assert.That(breaker.ClosedWithin("1h").Judge(open).Actual, Is.EqualTo("not closed after 20s: Closed > Open, not closed at the end"));
        Assert.That(breaker.ClosedWithin("1h").Judge(closed).Actual, Is.EqualTo("it had not opened: Closed"));
        Assert.That(breaker.ClosedWithin("1h").Judge(going).Actual, Is.EqualTo("not closed, and nothing was undone: Closed > Open, not closed at the end"));
        Assert.That(breaker.OpenedWithin("1h").Judge(closed).Actual, Is.EqualTo("not opened: Closed"));
        Assert.That((breaker.KeptOff(0).Judge(open).Met, breaker.KeptOff(0).Judge(open).Actual), Is.EqualTo((false, "unknown, it said too little: Closed > Open, not closed at the end")));
    }

    [TestCase("OC", false)]
    [TestCase("OHC", true)]
    [TestCase("OHOHC", true)]
    [TestCase("OHCOHC", false)]
    [TestCase("OHO", false)]
    [TestCase("HC", false)]
    [TestCase("OIHC", false)]
    [TestCase("", false)]
    public void An_episode_opens_tries_and_closes(string states, bool isOne)
    {
        var run = Run().Breaker(1, BreakerState.Closed, 0, 0);
        for (var i = 0; i < states.Length; i++)
        {
            run.Breaker(11 + i, states[i] switch { 'O' => BreakerState.Open, 'H' => BreakerState.HalfOpen, 'I' => BreakerState.Isolated, _ => BreakerState.Closed }, 0, 0);
        }

        Assert.That(Breaker.Named("recommendations").OpenedAndClosedAgain().Judge(run.Until(40)).Met, Is.EqualTo(isOne));
    }

    [Test]
    public void A_breaker_is_judged_on_the_bound_that_is_no_better_than_it_was()
    {
        // Still open at the end: it kept off more than it said, nobody knows how much.
        var history = Run().Breaker(1, BreakerState.Closed, 0, 0).Breaker(11, BreakerState.Open, 0, 0).Breaker(12, BreakerState.HalfOpen, 0, 50).Until(40);
        var breaker = Breaker.Named("recommendations");

        Assert.That((breaker.KeptOff(50).Judge(history).Met, breaker.KeptOff(51).Judge(history).Met), Is.EqualTo((true, false)));
        Assert.That((breaker.LetThroughAtMost(1000).Judge(history).Met, breaker.LetThroughAtMost(1000).Judge(history).MissedBy), Is.EqualTo((false, (string?)null)));
    }

    [Test]
    public void Promoted_once_is_not_never_nor_twice_nor_too_late()
    {
        var once = new RecordedRun().Fault("crash", 10).Signal(12, "db-b", SignalKind.Promoted).Cut(20).Until(30);
        var never = new RecordedRun(isListenedTo: true).Fault("crash", 10).Cut(20).Until(30);
        var twice = new RecordedRun().Fault("crash", 10).Signal(12, "db-b", SignalKind.Promoted).Signal(25, "db-c", SignalKind.Promoted).Cut(20).Until(30);
        var late = new RecordedRun().Fault("crash", 10).Signal(25, "db-b", SignalKind.Promoted).Cut(20).Until(30);

        Assert.That(new[] { once, never, twice, late }.Select(history => Promoted.Once.Judge(history)).Select(verdict => (verdict.Met, verdict.MissedBy)), Is.EqualTo(new[]
        {
            (true, null), (false, null), (false, "1 too many"), (false, (string?)null),
        }));
        Assert.That(new[] { once, never, twice, late }.Select(history => Promoted.Never.Judge(history)).Select(verdict => (verdict.Met, verdict.MissedBy)), Is.EqualTo(new[]
        {
            (false, "1 too many"), (true, null), (false, "2 too many"), (false, (string?)"1 too many"),
        }));
        Assert.That(Promoted.Never.Judge(new RecordedRun().Fault("crash", 10).Cut(20).Until(30)).Met, Is.False, "nobody would have said so");
        Assert.That((Promoted.Never.Text, Promoted.Never.Judge(never).Limit, Promoted.Once.Judge(never).Limit), Is.EqualTo(("promoted never", 0.0, 1.0)));
        Assert.That(Promoted.Signal, Is.EqualTo(new SignalMatch(SignalKind.Promoted)));
        Assert.That((Promoted.Once.Text, Promoted.Once.Judge(once).Actual, Promoted.Once.Judge(once).Decisive!.Name), Is.EqualTo(("promoted once", "db-b after 1.9s..2s", FigureNames.Promotions)));
    }

    [Test]
    public void What_is_written_wrongly_is_a_mistake_that_says_how_it_is_written()
    {
        var wrong = new (Expectation Expectation, string Says)[]
        {
            (Recovered.Within("soon"), "Recovered.Within: 'soon'"),
            (Recovered.Of("orders").Within(""), "Recovered.Within: ''"),
            (Lost.AtMost("few"), "Lost.AtMost: 'few' is not a recovery point objective. Write '0 writes'"),
            (Available.AtLeast("most"), "Available.AtLeast: 'most' is not a percentage"),
            (Available.AtLeast(99.9), "Available.AtLeast: a ratio is 0 to 1, not 99.9"),
            (Available.Of("orders").AtLeast("101%"), "Available.AtLeast: '101%'"),
            (Answered.Percentile(99).Within("fast"), "Answered.Within: 'fast'"),
            (Answered.Percentile(0).Within("1s"), "Answered.Percentile"),
            (Answered.Of("orders").Percentile(100.1).Within("1s"), "Answered.Percentile"),
            (Detected.Within("soon"), "Detected.Within: 'soon'"),
            (Detected.By("lb", "soon"), "Detected.By: 'soon'"),
            (Detected.AndReinstatedBy("lb", "soon"), "Detected.AndReinstatedBy: 'soon'"),
            (Breaker.Named("b").OpenedWithin("soon"), "Breaker.OpenedWithin: 'soon'"),
            (Breaker.Named("b").ClosedWithin("soon"), "Breaker.ClosedWithin: 'soon'"),
            (Borne.Steps("latency").While(new SuccessRate("orders").AtLeast("99%")).AtLeast("some"), "Borne: 'some'"),
            (Borne.Steps("latency").While(new SuccessRate("orders").AtLeast("most")).AtLeast("1ms"), "SteadyState: 'most'"),
            (Borne.Steps("latency").While().AtLeast("1ms"), "Borne.While"),
        };

        foreach (var (expectation, says) in wrong)
        {
            Assert.That(expectation.Mistakes.Single(), Does.StartWith(says));
            Assert.That(expectation.Judge(Outage(until: 10).Cut(15).Until(20)).Met, Is.False);
        }

        Assert.That(new[] { Recovered.Within("1s"), Lost.AtMost("0 writes"), Available.AtLeast(1), Answered.Percentile(100).Within("1s"), Detected.By("lb", "1s") }.SelectMany(right => right.Mistakes), Is.Empty);
    }

    [TestCase("1s", "1000ms", true)]
    [TestCase("90s", "1.5m", true)]
    [TestCase("125s", "124.6s", false)]
    [TestCase("1.2345s", "1.2346s", false)]
    public void Limits_read_the_same_when_they_are_the_same(string one, string other, bool areSame)
    {
        Assert.That(Recovered.Within(one).Equals(Recovered.Within(other)), Is.EqualTo(areSame));
        Assert.That(Recovered.Within(DurationOf(one)), Is.EqualTo(Recovered.Within(one)));
    }

    private static TimeSpan DurationOf(string text) => ChaosHarness.Timing.DurationText.Parse(text);

    private static void Verdicts(History history, params (Expectation Expectation, string Actual, string? MissedBy)[] expected) =>
        Assert.That(
            expected.Select(entry => entry.Expectation.Judge(history)).Select(verdict => (verdict.Actual, verdict.MissedBy, verdict.Met)),
            Is.EqualTo(expected.Select(entry => (entry.Actual, entry.MissedBy, entry.MissedBy is null))));

    private static RecordedRun Run() => new RecordedRun().Fault("crash", 10, reverted: 20);

    private static RecordedRun Episode() => Run().Breaker(1, BreakerState.Closed, 100, 0).Breaker(11, BreakerState.Open, 120, 0).Breaker(21, BreakerState.HalfOpen, 120, 900).Breaker(22, BreakerState.Closed, 122, 905);

    private static RecordedRun Noticed() => Run().Signal(12, "lb", SignalKind.Detected, "DOWN", notBefore: 11.5).Cut(20);

    private static RecordedRun Writes(double speed = 1) => new RecordedRun(speed: speed).Source("orders", isWorkload: true).Fault("crash", 10).Every("orders", 0.1, 0.005, 0.01).Every("orders", 0.01, 9.0, 9.99);

    private static RecordedRun Outage(double until, double? reverted = null, double speed = 1)
    {
        var run = new RecordedRun(speed: speed).Source("orders").Fault("crash", 10, reverted);
        return run.Every("orders", 0.01, 0, 21, due =>
        {
            if (due >= 10 && due < until)
            {
                run.Send("orders", due, 0.001, OperationVerdict.Error, "HTTP 503");
            }
            else
            {
                run.Send("orders", due);
            }
        });
    }
}
