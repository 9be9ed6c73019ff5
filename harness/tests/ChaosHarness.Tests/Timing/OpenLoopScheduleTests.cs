using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Timing;

public sealed class OpenLoopScheduleTests
{
    private static readonly Gen<OpenLoopSchedule> Schedules = Gen.Select(Gen.Double[0.1, 10_000], Gen.Long[0, TimeSpan.TicksPerHour])
        .Select((rate, start) => OpenLoopSchedule.PerSecond(rate, TimeSpan.FromTicks(start)));

    [Test]
    public void Request_k_is_due_at_start_plus_k_intervals()
    {
        var schedule = OpenLoopSchedule.Every(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1));

        Assert.That(schedule.Due(0), Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(schedule.Due(200), Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(schedule.Interval, Is.EqualTo(TimeSpan.FromMilliseconds(5)));
    }

    [Test]
    public void No_error_adds_up_over_a_day_at_an_odd_rate()
    {
        var schedule = OpenLoopSchedule.PerSecond(3, TimeSpan.Zero);

        Assert.That(schedule.Due(3 * 86_400), Is.EqualTo(TimeSpan.FromDays(1)).Within(TimeSpan.FromTicks(10)));
    }

    [Test]
    public void Due_count_is_the_number_of_requests_due_by_then() => Gen.Select(Schedules, Gen.Long[0, 2 * TimeSpan.TicksPerHour]).Sample((schedule, ticks) =>
    {
        var now = TimeSpan.FromTicks(ticks);
        var count = schedule.DueCount(now);
        return count == 0 ? now < schedule.Start : schedule.Due(count - 1) <= now && schedule.Due(count) > now;
    });

    [Test]
    public void Nothing_is_due_before_the_start() =>
        Assert.That(OpenLoopSchedule.PerSecond(100, TimeSpan.FromSeconds(5)).DueCount(TimeSpan.FromSeconds(4)), Is.Zero);
}
