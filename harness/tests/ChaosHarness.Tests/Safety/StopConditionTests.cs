using ChaosHarness.Safety;
using ChaosHarness.Tests.Measurement;

namespace ChaosHarness.Tests.Safety;

public sealed class StopConditionTests
{
    // Ten observations over 100 ms; looked at when 100 ms have passed since the injection.
    [TestCase("ggggggggbb", 0.8, null)]
    [TestCase("ggggggggbb", 0.81, "availability of orders was 80% (8 of 10) over the last 100ms")]
    public async Task Availability_halts_below_its_share_and_not_at_it(string verdicts, double ratio, string? reason)
    {
        var condition = StopCondition.AvailabilityBelow("orders", ratio, "100ms");
        var context = new StopContext(TimeSpan.FromMilliseconds(100), TimeSpan.Zero, (_, _) => RecoveryTimeTests.Series(verdicts));

        Assert.That(await condition.WhyStopAsync(context, CancellationToken.None), Is.EqualTo(reason));
    }

    [Test]
    public async Task Nothing_is_judged_before_its_time_has_passed()
    {
        var condition = StopCondition.AvailabilityBelow("orders", 1, "100ms");
        var context = new StopContext(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1), (_, _) => RecoveryTimeTests.Series("bbbbbbbbbb"));

        Assert.That(await condition.WhyStopAsync(context, CancellationToken.None), Is.Null);
    }
}
