using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Timing;

public sealed class BoundsTests
{
    private static readonly TimeSpan One = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Two = TimeSpan.FromSeconds(2);

    [Test]
    public void An_objective_is_judged_on_the_upper_bound()
    {
        Assert.That(new Bounds(One, Two).AtMost(Two), Is.True);
        Assert.That(new Bounds(One, Two).AtMost(Two - TimeSpan.FromTicks(1)), Is.False);
        Assert.That(new Bounds(One, null).AtMost(TimeSpan.MaxValue), Is.False);
    }

    [Test]
    public void Both_ends_are_inside()
    {
        var bounds = new Bounds(One, Two);

        Assert.That(bounds.Contains(One) && bounds.Contains(Two), Is.True);
        Assert.That(bounds.Contains(One - TimeSpan.FromTicks(1)) || bounds.Contains(Two + TimeSpan.FromTicks(1)), Is.False);
        Assert.That(new Bounds(One, null).Contains(TimeSpan.FromDays(1)), Is.True);
        Assert.That(bounds.Width, Is.EqualTo(One));
    }

    [Test]
    public void They_never_go_below_zero_nor_cross()
    {
        Assert.That(Bounds.Between(-Two, -One), Is.EqualTo(new Bounds(TimeSpan.Zero, TimeSpan.Zero)));
        Assert.That(Bounds.Between(-Two, One), Is.EqualTo(new Bounds(TimeSpan.Zero, One)));
        Assert.That(Bounds.Between(Two, One), Is.EqualTo(new Bounds(Two, Two)));
    }

    [Test]
    public void They_read_as_a_range()
    {
        Assert.That(new Bounds(One, Two).ToString(), Is.EqualTo("1s..2s"));
        Assert.That(new Bounds(Two, null).ToString(), Is.EqualTo("more than 2s"));
    }

    [Test]
    public void The_time_from_a_window_is_least_from_its_end_and_most_from_its_start()
    {
        var window = new TimeWindow(One, Two);

        Assert.That(window.Until(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)), Is.EqualTo(new Bounds(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5))));
        Assert.That(window.Length, Is.EqualTo(One));
        Assert.That(window.Contains(One) && window.Contains(Two), Is.True);
        Assert.That(window.Contains(One - TimeSpan.FromTicks(1)) || window.Contains(Two + TimeSpan.FromTicks(1)), Is.False);
    }
}
