using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Checkers.Impacts;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Impacts;

public sealed class ImpactCheckerTests
{
    [Test]
    public void Each_fault_is_charged_with_what_was_seen_while_it_was_there()
    {
        // From 10.1 to 12 all is well, from 14.1 to 16 every second one fails, and slowly.
        var run = new RecordedRun().Source("orders").Fault("latency 10ms", 10, reverted: 12).Fault("latency 400ms", 14, reverted: 16, strike: 1);
        run.Every("orders", 0.1, 9, 18, due => run.Send("orders", due, due > 14 ? 0.3 : 0.005, due > 14 && (long)Math.Round(due * 10) % 2 == 0 ? OperationVerdict.Error : OperationVerdict.Good)).Cut(17);

        var finding = new ImpactChecker().Check(run.Until(20));

        Assert.That(finding.Impacts.Select(impact => (impact.Fault, impact.Active, impact.Share)), Is.EqualTo(new[]
        {
            ("latency 10ms", new TimeWindow(S(10.1), S(12)), new Share(20, 20)),
            ("latency 400ms", new TimeWindow(S(14.1), S(16)), new Share(10, 20)),
        }));
        Assert.That(finding.ToString(), Is.EqualTo("latency 10ms: 100% (20 of 20), p99 5ms; latency 400ms: 50% (10 of 20), p99 300ms"));
        Assert.That(finding.Figures, Is.EqualTo(new[]
        {
            Figure.Exact(FigureNames.ImpactAvailability, "latency 10ms", Unit.Ratio, 1, Better.Higher),
            Figure.Exact(FigureNames.ImpactAvailability, "latency 400ms", Unit.Ratio, 0.5, Better.Higher),
        }));
    }

    [Test]
    public void One_that_was_still_there_when_observing_ended_counts_to_that_end()
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10, reverted: 15).Fault("never", 18).Fault("weak", 1, isWeakness: true).Cut(14);

        var impact = new ImpactChecker("orders").Check(run.Until(20)).Impacts.Single();

        Assert.That((impact.Active, impact.Share.Ratio, impact.ToString()), Is.EqualTo((new TimeWindow(S(10.1), S(14)), (double?)null, "crash: unknown, nothing was due, p99 unknown")));
    }

    [Test]
    public void What_never_struck_did_nothing()
    {
        var run = new RecordedRun().Source("orders");
        run.Writer.Add(new FaultWindow("never", ["db"], new TimeWindow(S(1), S(2)), null, null, null));

        Assert.That(new ImpactChecker().Check(run.Until(20)).ToString(), Is.EqualTo("nothing has struck"));
    }

    [Test]
    public void A_single_fault_and_one_in_whose_time_nothing_was_due_are_no_figures()
    {
        var one = new RecordedRun().Source("orders").Fault("crash", 10).Every("orders", 0.1, 0, 15);
        var two = new RecordedRun().Source("orders").Fault("crash", 10, reverted: 11).Fault("freeze", 12, strike: 1).Every("orders", 0.1, 0, 11.5);

        Assert.That(new ImpactChecker().Check(one.Until(20)).Figures, Is.Empty);
        Assert.That(new ImpactChecker().Check(two.Until(20)).Figures.Select(figure => figure.Subject), Is.EqualTo(new[] { "crash" }));
    }

    [Test]
    public void It_is_named_after_its_signal_and_needs_it()
    {
        Assert.That((new ImpactChecker().Name, new ImpactChecker("orders").Name), Is.EqualTo(("impact of each fault", "impact of each fault on orders")));
        Assert.That(new ImpactChecker().Needs, Is.Empty);
        Assert.That(new ImpactChecker("orders").Needs, Is.EqualTo(new[] { "orders" }));
    }
}
