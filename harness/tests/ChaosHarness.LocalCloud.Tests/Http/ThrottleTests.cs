using ChaosHarness.LocalCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>How many calls pass.</summary>
public sealed class ThrottleTests
{
    [Test]
    public void A_burst_passes_and_then_the_rate()
    {
        var time = new FakeTimeProvider();
        var throttle = new Throttle(10, time);

        Assert.That(Passed(throttle, "ec2", 100), Is.EqualTo(20), "twice the rate at once");
        Assert.That(Passed(throttle, "rds", 1), Is.EqualTo(1), "each service has a bucket of its own");
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.That(Passed(throttle, "ec2", 100), Is.EqualTo(5));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(Passed(throttle, "ec2", 100), Is.EqualTo(20), "it never holds more");
    }

    [Test]
    public void Without_a_limit_all_pass() => Assert.That(Passed(new Throttle(0, new FakeTimeProvider()), "ec2", 1000), Is.EqualTo(1000));

    private static int Passed(Throttle throttle, string service, int calls) => Enumerable.Range(0, calls).Count(_ => throttle.TryTake(service));
}
