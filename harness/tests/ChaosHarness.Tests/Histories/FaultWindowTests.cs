using ChaosHarness.Histories;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Histories;

public sealed class FaultWindowTests
{
    private FakeTimeProvider _time = null!;
    private HistoryWriter _writer = null!;

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _writer = new HistoryWriter(new RunClock(_time));
    }

    [Test]
    public void A_fault_stands_in_each_prefix_as_it_stood_then()
    {
        var planned = Fault("crash");
        var (injected, reverted) = (planned with { Injected = Window(2, 3) }, planned with { Injected = Window(2, 3), Reverted = Window(5, 6), End = FaultEnd.Reverted });
        At(1, () => _writer.Add(planned));
        At(3, () => _writer.Update(0, injected));
        At(6, () => _writer.Update(0, reverted));

        Assert.That(FaultsBefore(0.9), Is.Empty);
        Assert.That(FaultsBefore(2.9), Is.EqualTo(new[] { planned }).Using<FaultWindow>(Same));
        Assert.That(FaultsBefore(5.9), Is.EqualTo(new[] { injected }).Using<FaultWindow>(Same));
        Assert.That(FaultsBefore(6), Is.EqualTo(new[] { reverted }).Using<FaultWindow>(Same));
    }

    [Test]
    public void Faults_are_in_the_order_in_which_they_were_planned()
    {
        var numbers = new[] { _writer.Add(Fault("a")), _writer.Add(Fault("b")), _writer.Add(Fault("c")) };
        _writer.Update(1, Fault("b", injected: Window(0, 0)));
        _writer.Update(0, Fault("a", injected: Window(0, 0)));

        var faults = FaultsBefore(1);
        Assert.That(numbers, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(faults.Select(fault => (fault.Name, fault.Injected is not null)), Is.EqualTo(new[] { ("a", true), ("b", true), ("c", false) }));
    }

    [Test]
    public void A_change_after_a_look_is_none_that_the_look_saw()
    {
        _writer.Add(Fault("crash"));
        At(2, () => { });
        var look = _writer.Look();
        _writer.Update(0, Fault("crash", injected: Window(1, 2)));
        _writer.Add(Fault("another"));

        Assert.That((look.Faults.Count, look.Injection, FaultsBefore(2).Count), Is.EqualTo((1, (TimeWindow?)null, 1)));
        Assert.That(FaultsBefore(3), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_number_that_was_not_given_is_refused([Values(-1, 0, 1)] int fault) =>
        Assert.That(() => _writer.Update(fault, Fault("crash")), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Targets_that_are_changed_later_were_what_they_were()
    {
        var targets = new List<string> { "database" };
        _writer.Add(Fault("crash") with { Targets = targets });
        targets[0] = "cache";

        Assert.That(FaultsBefore(1)[0].Targets, Is.EqualTo(new[] { "database" }));
    }

    [Test]
    public void Nothing_struck_before_anything_took_effect()
    {
        _writer.Add(Fault("crash"));
        _writer.Add(Fault("slow", injected: Window(1, 2)) with { IsWeakness = true });

        Assert.That((History.Injection, History.FirstStrike, History.WayBack), Is.EqualTo(((TimeWindow?)null, (TimeWindow?)null, (TimeSpan?)null)));
    }

    [Test]
    public void Faults_that_strike_together_are_one_strike()
    {
        _writer.Add(Fault("b", injected: Window(2.5, 4)));
        _writer.Add(Fault("a", injected: Window(2, 3)));

        Assert.That((History.FirstStrike, History.Injection), Is.EqualTo((Window(2, 4), Window(2, 4))));
    }

    [Test]
    public void Recovery_counts_from_the_last_strike_and_availability_from_the_first()
    {
        _writer.Add(Fault("a", 0, Window(2, 3)));
        _writer.Add(Fault("b", 1, Window(5, 6)));
        _writer.Add(Fault("c", 1, Window(5.5, 7)));
        _writer.Add(Fault("never", 2));
        _writer.Add(Fault("weak", 3, Window(9, 9.5)) with { IsWeakness = true });

        Assert.That((History.FirstStrike, History.Injection), Is.EqualTo((Window(2, 3), Window(5, 7))));
    }

    // Numbered as they stand in the schedule, which says nothing of when they strike.
    [Test]
    public void The_last_strike_is_the_one_that_struck_last()
    {
        _writer.Add(Fault("late", 0, Window(8, 9)));
        _writer.Add(Fault("early", 1, Window(2, 3), Window(4, 4)));

        Assert.That((History.FirstStrike, History.Injection, History.WayBack), Is.EqualTo((Window(2, 3), Window(8, 9), (TimeSpan?)null)));
    }

    [Test]
    public void Of_strikes_at_the_same_time_the_one_of_the_higher_number_is_the_last()
    {
        _writer.Add(Fault("b", 1, Window(2, 5)));
        _writer.Add(Fault("a", 0, Window(2, 3)));

        Assert.That((History.FirstStrike, History.Injection), Is.EqualTo((Window(2, 3), Window(2, 5))));
    }

    [Test]
    public void The_way_back_begins_with_the_first_revert_of_the_last_strike()
    {
        _writer.Add(Fault("first", 0, Window(1, 2), Window(3, 4), FaultEnd.Reverted));
        _writer.Add(Fault("a", 1, Window(5, 6), Window(8, 9), FaultEnd.Reverted));
        _writer.Add(Fault("b", 1, Window(5, 6), Window(7, 9.5), FaultEnd.NotReverted));
        _writer.Add(Fault("c", 1, Window(5, 6)));
        _writer.Add(Fault("weak", 1, Window(0, 0), Window(6.5, 7)) with { IsWeakness = true });

        Assert.That(History.WayBack, Is.EqualTo(Seconds(7)));
    }

    [Test]
    public void What_the_system_ended_itself_is_no_way_back()
    {
        _writer.Add(Fault("frozen", 0, Window(1, 2), Window(3, 4), FaultEnd.Superseded));
        Assert.That((History.WayBack, History.Injection), Is.EqualTo(((TimeSpan?)null, Window(1, 2))));

        _writer.Add(Fault("cut off", 0, Window(1, 2), Window(6, 7), FaultEnd.Reverted));
        Assert.That(At(11, _writer.Look).WayBack, Is.EqualTo(Seconds(6)));
    }

    private History History => At(10, _writer.Look);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static TimeWindow Window(double start, double end) => new(Seconds(start), Seconds(end));

    private static FaultWindow Fault(string name, int strike = 0, TimeWindow? injected = null, TimeWindow? reverted = null, FaultEnd? end = null) =>
        new(name, ["database"], Window(2, 600), injected, reverted, end) { Strike = strike };

    private static bool Same(FaultWindow one, FaultWindow other) =>
        one.Targets.SequenceEqual(other.Targets) && one with { Targets = [] } == other with { Targets = [] };

    private IReadOnlyList<FaultWindow> FaultsBefore(double time) => At(10, _writer.Look).Before(Seconds(time)).Faults;

    private void At(double at, Action act) => At(at, () =>
    {
        act();
        return true;
    });

    private T At<T>(double at, Func<T> act)
    {
        var ahead = Seconds(at) - (_time.GetUtcNow() - _time.Start);
        if (ahead > TimeSpan.Zero)
        {
            _time.Advance(ahead);
        }

        return act();
    }
}
