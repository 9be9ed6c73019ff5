using ChaosHarness.Histories;
using ChaosHarness.SteadyState;
using ChaosHarness.Tests.Checkers;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.SteadyState;

public sealed class SteadyStateConditionTests
{
    private static readonly TimeWindow Window = new(S(1), S(1.9));

    [Test]
    public void A_success_rate_holds_from_its_share_on()
    {
        var ninety = new SuccessRate("orders").AtLeast(0.9);

        Assert.That(ninety.Read(Series("gggggggggb"), Window), Is.EqualTo(new SteadyStateReading("orders: success rate at least 90%", "90% (9 of 10)", true)));
        Assert.That(ninety.Read(Series("ggggggggsb"), Window), Is.EqualTo(new SteadyStateReading("orders: success rate at least 90%", "80% (8 of 10)", false)));
        Assert.That(new SuccessRate("orders").AtLeast("90%").Read(Series("gggggggggb"), Window), Is.EqualTo(ninety.Read(Series("gggggggggb"), Window)));
        Assert.That(new SuccessRate("orders").AtLeast("90.1%").Read(Series("gggggggggb"), Window).Holds, Is.False);
    }

    [Test]
    public void Silence_that_is_overdue_is_bad_and_silence_that_is_young_counts_in_nothing()
    {
        var run = new RecordedRun().Source("orders").Every("orders", 0.1, 1, 1.45).Send("orders", 1.5, null).Send("orders", 1.9, null);
        var all = new SuccessRate("orders").AtLeast(1);

        Assert.That(all.Read(run.Until(1.7), Window), Is.EqualTo(new SteadyStateReading("orders: success rate at least 100%", "100% (5 of 5)", true)));
        Assert.That(all.Read(run.Until(2), Window).Actual, Is.EqualTo("83.33% (5 of 6)"));
    }

    [Test]
    public void A_latency_holds_up_to_its_limit()
    {
        var history = Series("gggggggggg");

        Assert.That(new Latency("orders").Percentile(99).AtMost("5ms").Read(history, Window), Is.EqualTo(new SteadyStateReading("orders: p99 latency at most 5ms", "5ms", true)));
        Assert.That(new Latency("orders").Percentile(99).AtMost("4.9ms").Read(history, Window), Is.EqualTo(new SteadyStateReading("orders: p99 latency at most 4.9ms", "5ms", false)));
    }

    [Test]
    public void One_that_could_not_be_sent_has_no_latency()
    {
        var history = new RecordedRun().Source("orders").Send("orders", 1, 0, OperationVerdict.NotSent).Until(3);

        Assert.That(new Latency("orders").Percentile(50).AtMost("1h").Read(history, Window), Is.EqualTo(new SteadyStateReading("orders: p50 latency at most 1h", "none", false)));
    }

    [Test]
    public void Numbers_hold_within_their_limits()
    {
        var history = new RecordedRun().Source("queue").Send("queue", 1, value: 3).Send("queue", 1.2, value: 8).Send("queue", 1.4)
            .Send("queue", 1.5, verdict: OperationVerdict.Error, value: 99).Send("queue", 1.95, value: 100).Until(3);

        Assert.That(new Values("queue").AtMost(8).Read(history, Window), Is.EqualTo(new SteadyStateReading("queue: at most 8", "8", true)));
        Assert.That(new Values("queue").AtMost(7.9).Read(history, Window), Is.EqualTo(new SteadyStateReading("queue: at most 7.9", "8", false)));
        Assert.That(new Values("queue").AtLeast(3).Read(history, Window), Is.EqualTo(new SteadyStateReading("queue: at least 3", "3", true)));
        Assert.That(new Values("queue").AtLeast(3.1).Read(history, Window).Holds, Is.False);
        Assert.That(new Values("queue").AtMost(1).Read(history, new TimeWindow(S(1.3), S(1.6))), Is.EqualTo(new SteadyStateReading("queue: at most 1", "no number", false)));
        Assert.That(new Values("queue").AtMost(double.NaN).Mistake, Does.Contain("NaN"));
        Assert.That(new Values("queue").AtMost(1).Mistake, Is.Null);
    }

    [Test]
    public void A_signal_that_was_due_nothing_is_not_steady()
    {
        var history = new RecordedRun().Source("orders").Until(3);

        Assert.That(new SuccessRate("orders").AtLeast(0).Read(history, Window), Is.EqualTo(new SteadyStateReading("orders: success rate at least 0%", "no observation", false)));
        Assert.That(new Latency("orders").Percentile(50).AtMost("1h").Read(history, Window).Holds, Is.False);
    }

    [Test]
    public void Wrong_figures_are_mistakes()
    {
        Assert.That(new SuccessRate("orders").AtLeast(99.9).Mistake, Does.Contain("99.9"));
        Assert.That(new SuccessRate("orders").AtLeast(-0.1).Mistake, Is.Not.Null);
        Assert.That(new SuccessRate("orders").AtLeast(1).Mistake, Is.Null);
        Assert.That(new SuccessRate("orders").AtLeast("most").Mistake, Does.Contain("'most'").And.Contain("99.5%"));
        Assert.That(new SuccessRate("orders").AtLeast("99%").Mistake, Is.Null);
        Assert.That(new Latency("orders").Percentile(0).AtMost("1s").Mistake, Does.Contain("percentile"));
        Assert.That(new Latency("orders").Percentile(100).AtMost("1s").Mistake, Is.Null);
        Assert.That(new Latency("orders").Percentile(50).AtMost("soon").Mistake, Does.Contain("soon"));
    }

    private static History Series(string answers)
    {
        var run = new RecordedRun().Source("orders");
        for (var k = 0; k < answers.Length; k++)
        {
            run.Send("orders", 1 + (k * 0.1), 0.005, answers[k] switch { 'g' => OperationVerdict.Good, 's' => OperationVerdict.Slow, _ => OperationVerdict.Error });
        }

        return run.Until(3);
    }
}
