using ChaosHarness.Systems;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Systems;

public sealed class SignalTests
{
    [TestCase(0)]
    [TestCase(1500)]
    [TestCase(-200)]
    public void A_time_of_the_calendar_becomes_one_of_the_run(int millisecondsAgo)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        time.Advance(TimeSpan.FromMinutes(5));
        // As somebody elsewhere would write it.
        var when = (time.GetUtcNow() - TimeSpan.FromMilliseconds(millisecondsAgo)).ToOffset(TimeSpan.FromHours(5.75));

        var signal = Signal.At(when, "alerts", SignalKind.Detected, "orders fail", time);

        Assert.That(time.GetElapsedTime(signal.Timestamp), Is.EqualTo(TimeSpan.FromMilliseconds(millisecondsAgo)));
        Assert.That((signal.Source, signal.Kind, signal.Detail, signal.NotBefore), Is.EqualTo(("alerts", SignalKind.Detected, "orders fail", (long?)null)));
    }
}
