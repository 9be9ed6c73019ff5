using ChaosHarness.SteadyState;
using ChaosHarness.Tests.Measurement;

namespace ChaosHarness.Tests.SteadyState;

public sealed class SteadyStateConditionTests
{
    [Test]
    public void A_success_rate_holds_from_its_share_on()
    {
        var ninety = new SuccessRate("orders").AtLeast(0.9);

        Assert.That(ninety.Read(RecoveryTimeTests.Series("gggggggggb")).Holds, Is.True);
        Assert.That(ninety.Read(RecoveryTimeTests.Series("ggggggggsb")), Is.EqualTo(new SteadyStateReading("orders: success rate at least 90%", "80% (8 of 10)", false)));
    }

    [Test]
    public void A_latency_holds_up_to_its_limit()
    {
        var observations = RecoveryTimeTests.Series("gggggggggg");

        Assert.That(new Latency("orders").Percentile(99).AtMost("2ms").Read(observations).Holds, Is.True);
        Assert.That(new Latency("orders").Percentile(99).AtMost("500us").Read(observations), Is.EqualTo(new SteadyStateReading("orders: p99 latency at most 500us", "1ms", false)));
    }

    [Test]
    public void Silence_is_not_steady()
    {
        Assert.That(new SuccessRate("orders").AtLeast(0).Read([]), Is.EqualTo(new SteadyStateReading("orders: success rate at least 0%", "no observation", false)));
        Assert.That(new Latency("orders").Percentile(50).AtMost("1h").Read([]).Holds, Is.False);
    }

    [Test]
    public void Wrong_figures_are_mistakes()
    {
        Assert.That(new SuccessRate("orders").AtLeast(99.9).Mistake, Does.Contain("99.9"));
        Assert.That(new SuccessRate("orders").AtLeast(-0.1).Mistake, Is.Not.Null);
        Assert.That(new SuccessRate("orders").AtLeast(1).Mistake, Is.Null);
        Assert.That(new Latency("orders").Percentile(0).AtMost("1s").Mistake, Does.Contain("percentile"));
        Assert.That(new Latency("orders").Percentile(100).AtMost("1s").Mistake, Is.Null);
        Assert.That(new Latency("orders").Percentile(50).AtMost("soon").Mistake, Does.Contain("soon"));
    }

    [Test]
    public void A_report_names_what_does_not_hold()
    {
        var report = new SteadyStateReport(default, [new("a", "1", true), new("b", "2", false)]);

        Assert.That(report.Holds, Is.False);
        Assert.That(report.ToString(), Is.EqualTo("b, but was 2"));
        Assert.That(new SteadyStateReport(default, [new("a", "1", true)]).ToString(), Is.EqualTo("every condition holds"));
    }
}
