using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Recovery;

public sealed class RecoveryCheckerTests
{
    private static readonly RecoveryChecker Checker = new();

    [Test]
    public void An_interruption_is_told_in_bounds_that_rounding_never_narrows()
    {
        var finding = Checker.Check(Crash().Until(3_000));

        // The last bad one was sent at 1100; the first that was sent after its answer was answered at 1116.678.
        Assert.That((finding.Interrupted, finding.Recovered, finding.Actual), Is.EqualTo((true, true, new Bounds(Ms(98), Ms(116.678)))));
        Assert.That(finding.ToString(), Is.EqualTo("98ms..117ms"));
        Assert.That((finding.LastBad, finding.ServedFrom, finding.Outages), Is.EqualTo((Ms(1_100), Ms(1_116.678), 1)));
    }

    [Test]
    public void Its_figures_are_the_recovery_time_and_that_it_healed_by_itself()
    {
        var figures = Checker.Check(Crash().Until(3_000)).Figures;

        Assert.That(figures, Is.EqualTo(new[]
        {
            new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 0.098, 0.116678),
            Figure.Exact(FigureNames.HealedByItself, "orders", Unit.Count, 1, Better.Higher),
        }));
    }

    [Test]
    public void Without_a_strike_there_is_nothing_to_measure()
    {
        var finding = Checker.Check(new RecordedRun().Steady(20, 5).Until(500));

        Assert.That((finding.IsMeasured, finding.Recovered, finding.Figures.Count, finding.ToString()), Is.EqualTo((false, false, 0, "nothing has struck")));
        Assert.That(finding.Actual.AtMost(TimeSpan.MaxValue), Is.False, "unknown is missed");
    }

    [Test]
    public void Where_nothing_bad_was_seen_what_could_have_gone_unseen_is_judged()
    {
        var finding = Checker.Check(new RecordedRun().Steady(50, 5.004).Struck(202, 203).Until(1_000));

        // Just after the request of 210, which the next one's answer ends; from the strike it is less.
        Assert.That((finding.Interrupted, finding.Recovered, finding.Actual, finding.LongestUnseen), Is.EqualTo((false, true, new Bounds(TimeSpan.Zero, Ms(15.004)), Ms(15.004))));
        Assert.That(finding.ToString(), Is.EqualTo("no interruption longer than 15.1ms"));
        Assert.That((finding.Actual.AtMost(Ms(15.004)), finding.Actual.AtMost(Ms(15.003)), finding.HealedByItself, finding.Outages), Is.EqualTo((true, false, (bool?)null, 0)));
        Assert.That(finding.Figures.Select(figure => (figure.Name, figure.Lower, figure.Upper)), Is.EqualTo(new (string, double?, double?)[]
        {
            (FigureNames.RecoveryTime, 0, 0.015004),
            (FigureNames.UnseenInterruption, 0.015004, 0.015004),
        }));
    }

    [Test]
    public void One_slow_answer_hides_nothing_that_others_saw_meanwhile()
    {
        var finding = Checker.Check(new RecordedRun(timeout: 5_000).Steady(400, 5).With("g 1005-3995").Struck(1_002, 1_002).Until(4_100));

        Assert.That(finding.LongestUnseen, Is.EqualTo(Ms(15)));
    }

    [Test]
    public void Requests_that_overlap_may_have_looked_before_the_outage()
    {
        // Down from 1044 to 1052 among requests of 20 ms; the first good one after the bad one in the schedule had looked before.
        var finding = Checker.Check(new RecordedRun().With("g 1020-1040, E 1025-1045, g 1030-1050, g 1035-1055, g 1040-1060, g 1045-1065, g 1070-1090, g 1075-1095").Struck(1_030, 1_030).Until(1_200));

        Assert.That((finding.Actual.Contains(Ms(22)), finding.Actual), Is.EqualTo((true, new Bounds(TimeSpan.Zero, Ms(35)))));
    }

    [Test]
    public void What_is_open_at_the_cut_stays_bad_whatever_reverting_makes_of_it()
    {
        var frozen = new RecordedRun(timeout: 60_000, slow: 500) { Stability = new Stability(2, Ms(50)) }
            .Steady(100, 5)
            .With(Enumerable.Range(0, 400).Select(k => Ms(1_000 + (10 * k))).Select(sent => new Request(sent, sent, Ms(5_010), OperationVerdict.Good)))
            .Steady(100, 5, from: 5_020)
            .Struck(1_000, 1_000, revertedFrom: 5_001)
            .Cut(5_000);
        var finding = Checker.Check(frozen.Until(7_000));

        Assert.That((finding.Interrupted, finding.Recovered, finding.Actual.Upper, finding.HealedByItself), Is.EqualTo((true, false, (TimeSpan?)null, false)));
        Assert.That(finding.ToString(), Is.EqualTo("not recovered after 3.49s"), "the last one open for longer than 500 ms was sent at 4490");
        Assert.That(finding.AfterRevert, Is.EqualTo(new Bounds(TimeSpan.Zero, Ms(24))), "told, and judged by nobody");
        Assert.That(finding.Figures.Select(figure => figure.Name), Is.EqualTo(new[] { FigureNames.RecoveryTime, FigureNames.TimeAfterRevert, FigureNames.HealedByItself }));
    }

    [Test]
    public void A_recovery_after_a_fault_was_undone_on_schedule_is_no_healing_by_itself()
    {
        var finding = Checker.Check(Crash(revertedFrom: 1_090).Until(3_000));

        Assert.That((finding.Recovered, finding.HealedByItself, finding.AfterRevert), Is.EqualTo((true, false, new Bounds(Ms(10), Ms(26.678)))));
    }

    [Test]
    public void Bounds_count_from_the_last_strike()
    {
        var finding = Checker.Check(Crash().Struck(500, 500, revertedFrom: 600, strike: -1).Until(3_000));

        Assert.That((finding.Actual, finding.HealedByItself), Is.EqualTo((new Bounds(Ms(98), Ms(116.678)), true)));
    }

    [Test]
    public void Too_few_answers_since_the_strike_prove_nothing()
    {
        var finding = Checker.Check(new RecordedRun().Steady(50, 5).Struck(495, 495).Until(1_000));

        Assert.That((finding.Interrupted, finding.Recovered, finding.ToString()), Is.EqualTo((false, false, "unknown: too little was seen after the strike")));
        Assert.That(finding.Figures.Single(figure => figure.Name == FigureNames.RecoveryTime).IsKnown, Is.False);
        Assert.That(finding.Figures.Select(figure => (figure.Name, figure.Lower, figure.Upper)), Is.EqualTo(new (string, double?, double?)[] { (FigureNames.RecoveryTime, null, null) }));
    }

    [Test]
    public void A_signal_that_is_none_is_named() =>
        Assert.That(() => new RecoveryChecker("invoices").Check(Crash().Until(3_000)), Throws.ArgumentException.With.Message.Contains("invoices").And.Message.Contains("orders"));

    [Test]
    public void Its_name_and_needs_are_those_of_its_signal() =>
        Assert.That(
            (Checker.Name, Checker.Needs.Count, new RecoveryChecker("stock").Name, new RecoveryChecker("stock").Needs.Single()),
            Is.EqualTo(("recovery", 0, "recovery of stock", "stock")));

    // Long enough for whole chunks, which a look reads by their summaries.
    [Test]
    public void A_look_and_the_finished_history_say_the_same_of_a_moment() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var run = new RecordedRun(timeout: 40, slow: random.Next(2) == 0 ? 25 : null) { Stability = new Stability(3, Ms(20)) }.Struck(2_000, 2_000 + random.Next(5));
            run.With(Enumerable.Range(0, 10_000).Select(k => AnyRequest(random, RequestTable.Ms(0.5 * k))));
            var history = run.Until(6_000);
            for (var look = 0; look < 12; look++)
            {
                var at = RequestTable.Ms(1_990 + (random.NextDouble() * 3_500));
                var live = run.Until(at.TotalMilliseconds);
                var (seen, whole) = (Checker.Check(live), Checker.Check(history.Before(at)));
                Assert.That(Describe(whole), Is.EqualTo(Describe(seen)), $"at {at}");
                Assert.That(Describe(seen), Is.EqualTo(Define(live)), $"at {at}");
            }

            return true;
        },
        iter: 2,
        threads: 1);

    private static Request AnyRequest(Random random, TimeSpan due)
    {
        var sent = due + Ms(random.Next(8) == 0 ? 3 * random.NextDouble() : 0);
        var isDown = sent >= Ms(2_000) && sent < Ms(4_000) && random.Next(3) == 0;
        var verdict = !isDown ? OperationVerdict.Good : (OperationVerdict)random.Next(1, 4);
        return new Request(due, sent, verdict == OperationVerdict.NotSent ? sent : sent + Ms(0.1 + ((isDown ? 40 : 20) * random.NextDouble())), verdict);
    }

    private static (bool, bool, Bounds, TimeSpan?, int, TimeSpan?) Describe(RecoveryFinding finding) =>
        (finding.Interrupted, finding.Recovered, finding.Actual, finding.ServedFrom, finding.Outages, finding.LongestUnseenLater);

    private static (bool, bool, Bounds, TimeSpan?, int, TimeSpan?) Define(History history)
    {
        if (history.Injection is not { } injection)
        {
            return (false, false, new Bounds(TimeSpan.Zero, null), null, 0, null);
        }

        var orders = history.Of("orders");
        var known = orders.Select(operation => new Request(
            operation.Due,
            operation.Invoked ?? operation.Completed ?? Request.Never,
            operation.Completed ?? Request.Never,
            operation.Verdict)).ToList();
        var rule = RequestRule.WithoutAssumption(orders.Settings.SlowThreshold, orders.Settings.Timeout);
        var definition = new RecoveryDefinition(known, history.Until, rule, injection, history.Stability);
        var bounds = definition.Bounds;
        var actual = bounds.Interrupted ? bounds.Actual(injection) : new Bounds(TimeSpan.Zero, bounds.Recovered ? definition.LongestUnseen() : null);
        var isServed = bounds is { Interrupted: true, Recovered: true };
        return (bounds.Interrupted, bounds.Recovered, actual, isServed ? bounds.ServedFrom : null, bounds.Interrupted ? definition.Outages() : 0, isServed ? definition.LongestUnseenLater() : null);
    }

    // Errors at once from 1000 to 1100, one each 10 ms; struck from 1000 to 1002.
    private static RecordedRun Crash(double? revertedFrom = null) => new RecordedRun()
        .Steady(100, 5)
        .With(Enumerable.Range(0, 11).Select(k => Ms(1_000 + (10 * k))).Select(sent => new Request(sent, sent, sent + Ms(1), OperationVerdict.Error)))
        .Steady(100, 6.678, from: 1_110)
        .Struck(1_000, 1_002, revertedFrom);

    private static TimeSpan Ms(double milliseconds) => RequestTable.Ms(milliseconds);
}
