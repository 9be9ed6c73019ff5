using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class StampedTests
{
    [Test]
    public void Any_prefix_is_what_sorting_in_a_stable_way_gives() => Gen.Long[0, 20].Array[0, 80].Sample(times =>
    {
        var stamped = new Stamped<int>();
        for (var i = 0; i < times.Length; i++)
        {
            stamped.Add(times[i], i);
        }

        return Enumerable.Range(-1, 23).All(until => stamped.By(until).SequenceEqual(
            Enumerable.Range(0, times.Length).Where(i => times[i] <= until).OrderBy(i => times[i])));
    });

    [Test]
    public void What_was_handed_out_does_not_change_when_earlier_ones_move()
    {
        var stamped = new Stamped<string>();
        stamped.Add(1, "a");
        var one = stamped.By(1);
        for (var i = 100; i > 1; i--)
        {
            stamped.Add(i, "later");
        }

        Assert.That((one.Count, one[0], one.Single(), stamped.By(100).Count), Is.EqualTo((1, "a", "a", 100)));
    }
}
