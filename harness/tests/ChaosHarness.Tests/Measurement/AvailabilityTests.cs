using ChaosHarness.Measurement;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Measurement;

public sealed class AvailabilityTests
{
    [Test]
    public void Counts_the_good_among_those_due_in_the_window()
    {
        var availability = Availability.Measure(RecoveryTimeTests.Series("ggbbsngggg"), new TimeWindow(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(70)));

        Assert.That(availability, Is.EqualTo(new Availability(3, 7)));
        Assert.That(availability.Ratio, Is.EqualTo(3 / 7.0));
    }

    [Test]
    public void A_hundred_percent_means_all()
    {
        Assert.That(new Availability(99_999, 100_000).ToString(), Is.EqualTo("99.99% (99999 of 100000)"));
        Assert.That(new Availability(10, 10).ToString(), Is.EqualTo("100% (10 of 10)"));
        Assert.That(new Availability(0, 0).Ratio, Is.EqualTo(1));
    }
}
