using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

public sealed class StopConditionTests
{
    // Ten requests over 100 ms, each answered within 1 ms.
    [TestCase("ggggggggbb", 0.8, null)]
    [TestCase("ggggggggbb", 0.81, "availability of orders was 80% (8 of 10) over the last 100ms")]
    public async Task Availability_halts_below_its_share_and_not_at_it(string verdicts, double ratio, string? reason)
    {
        var condition = StopCondition.AvailabilityBelow("orders", ratio, "100ms");

        Assert.That((await condition.ReadAsync(new StopContext(Seen(verdicts, struck: 0)), CancellationToken.None)).Why, Is.EqualTo(reason));
    }

    [Test]
    public async Task Nothing_is_judged_before_its_time_has_passed()
    {
        var condition = StopCondition.AvailabilityBelow("orders", "100%", "100ms");

        Assert.That(await condition.ReadAsync(new StopContext(Seen("bbbbbbbbbb", struck: 10)), CancellationToken.None), Is.EqualTo(new StopReading()));
    }

    [TestCase("gggggggggg", 0d)]
    [TestCase("gggggggggb", 0.5)]
    [TestCase("ggggggggbb", 1d)]
    public async Task How_near_it_is_counts_what_was_not_served(string verdicts, double used)
    {
        var condition = StopCondition.AvailabilityBelow("orders", 0.8, "100ms");

        Assert.That((await condition.ReadAsync(new StopContext(Seen(verdicts, struck: 0)), CancellationToken.None)).Used, Is.EqualTo(used).Within(1e-9));
    }

    [TestCase("gggggggggg", 0)]
    [TestCase("bgggggggbb", 0.3)]
    [TestCase("bbbbbbbbbb", 1)]
    public async Task Money_is_counted_by_the_time_without_service_however_it_is_spread(string verdicts, double share)
    {
        // 100 ms at 600 a minute are 1.
        var reading = await StopCondition.Cost(perMinute: 600, most: 0.9m, "orders").ReadAsync(new StopContext(Seen(verdicts, struck: 0)), CancellationToken.None);

        Assert.That(reading.Value, Is.EqualTo(share).Within(1e-9));
        Assert.That(reading.Why, share < 0.9 ? Is.Null : Is.EqualTo("the outage has cost 1 at 600 a minute, and 0.9 is the most"));
    }

    [Test]
    public async Task Two_runs_of_one_condition_at_once_count_each_for_itself()
    {
        var condition = StopCondition.Above(new Availability("orders"), _ => 2, 1, "50ms");
        var (one, other) = (condition.Begin(), condition.Begin());
        var seen = Seen("bbbbbbbbbb", struck: 0);
        Assert.That((await one(new StopContext(seen.Before(TimeSpan.FromMilliseconds(20))), CancellationToken.None)).Why, Is.Null);

        Assert.That((await other(new StopContext(seen), CancellationToken.None)).Why, Is.Null, "it has only just begun to look");
        Assert.That((await one(new StopContext(seen), CancellationToken.None)).Why, Is.EqualTo("availability of orders was 2, more than 1, for 50ms"));
    }

    [TestCase("101%", "1s")]
    [TestCase("half", "1s")]
    [TestCase("50%", "soon")]
    [TestCase("50%", "0s")]
    public void What_is_written_wrongly_is_a_mistake(string percentage, string over) =>
        Assert.That(StopCondition.AvailabilityBelow("orders", percentage, over).Mistake, Does.StartWith("StopWhen"));

    [Test]
    public void The_mistake_is_about_what_is_wrong()
    {
        Assert.That(StopCondition.AvailabilityBelow("orders", "50%", "1s").Mistake, Is.Null);
        Assert.That(StopCondition.AvailabilityBelow("orders", "half", "1s").Mistake, Does.Contain("'half'").And.Not.Contain("'1s'"));
        Assert.That(StopCondition.AvailabilityBelow("orders", "half", "soon").Mistake, Does.Contain("'half'").And.Not.Contain("'soon'"));
        Assert.That(StopCondition.AvailabilityBelow("orders", "50%", "soon").Mistake, Does.Contain("'soon'"));
        Assert.That(StopCondition.AvailabilityBelow("orders", "50%", "0s").Mistake, Does.Contain("'0s'"));
    }

    private static History Seen(string verdicts, double struck)
    {
        var time = new FakeTimeProvider();
        var history = new HistoryWriter(new RunClock(time));
        var orders = history.Source(new SourceSettings("orders", TimeSpan.FromSeconds(1)));
        var at = TimeSpan.FromMilliseconds(struck);
        history.Add(new FaultWindow("outage", ["shop"], new TimeWindow(at, at), new TimeWindow(at, at), null, null));
        for (var i = 0; i < verdicts.Length; i++)
        {
            var due = TimeSpan.FromMilliseconds((i * 10) + 1);
            orders.Invoke(orders.Enter(due), due);
            orders.Complete(i, due + TimeSpan.FromMilliseconds(1), verdicts[i] == 'g' ? OperationVerdict.Good : OperationVerdict.Error);
        }

        time.Advance(TimeSpan.FromMilliseconds(100));
        return history.Look();
    }
}
