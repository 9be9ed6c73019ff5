using ChaosHarness.Measurement;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Measurement;

public sealed class FaultImpactTests
{
    private static readonly TimeWindow First = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(30));
    private static readonly TimeWindow Second = new(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(70));

    [Test]
    public void Each_fault_is_measured_in_its_own_time()
    {
        var impacts = FaultImpact.Measure(RecoveryTimeTests.Series("ggggbbgg"), [("slow", First), ("slower", Second)]);

        Assert.That(impacts.Select(impact => (impact.Fault, impact.Active, impact.Availability)), Is.EqualTo(new[]
        {
            ("slow", First, new Availability(4, 4)),
            ("slower", Second, new Availability(2, 4)),
        }));
    }

    [TestCase(1, 1000, true)]
    [TestCase(1, 0, false)]
    public void It_is_borne_while_both_availability_and_latency_hold(double availability, int p99, bool expected)
    {
        var impact = FaultImpact.Measure(RecoveryTimeTests.Series("gggg"), [("slow", First)]).Single();

        Assert.That(impact.IsWithin(availability, TimeSpan.FromMilliseconds(p99)), Is.EqualTo(expected));
    }

    [Test]
    public void It_is_not_borne_when_too_much_failed()
    {
        var impact = FaultImpact.Measure(RecoveryTimeTests.Series("gbgg"), [("slow", First)]).Single();

        Assert.That(impact.IsWithin(0.75, TimeSpan.MaxValue), Is.True);
        Assert.That(impact.IsWithin(0.76, TimeSpan.MaxValue), Is.False);
    }

    [Test]
    public void Where_nothing_was_due_nothing_is_known()
    {
        var impact = FaultImpact.Measure([], [("slow", First)]).Single();

        Assert.That(impact.IsWithin(0, TimeSpan.MaxValue), Is.False);
        Assert.That(impact.ToString(), Does.Contain("p99 unknown"));
    }
}
