using ChaosHarness.Checkers.Recovery;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Recovery;

public sealed class FrontierTests
{
    [Test]
    public void Its_first_is_the_earliest_known_of_all_that_were_sent_from_some_time_on() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).List[0, 20].Sample(
        pairs =>
        {
            var frontier = new Frontier();
            pairs.ForEach(pair => frontier.Add(TimeSpan.FromTicks(pair.Item1), TimeSpan.FromTicks(pair.Item2)));
            for (var from = 0; from <= 10; from++)
            {
                frontier.DropBefore(TimeSpan.FromTicks(from));
                var left = pairs.Where(pair => pair.Item1 >= from).ToList();
                Assert.That(frontier.TryFirst(out var sent, out var known), Is.EqualTo(left.Count > 0));
                if (left.Count > 0)
                {
                    var earliest = left.Min(pair => pair.Item2);
                    Assert.That(known.Ticks, Is.EqualTo(earliest));
                    Assert.That(sent.Ticks, Is.EqualTo(left.Where(pair => pair.Item2 == earliest).Max(pair => pair.Item1)), "the last that was known so early");
                }
            }
        },
        iter: 20_000);

    [Test]
    public void What_was_dropped_is_forgotten_and_nothing_else()
    {
        var frontier = new Frontier();
        for (var i = 0; i < 5_000; i++)
        {
            frontier.Add(TimeSpan.FromTicks(i), TimeSpan.FromTicks(i + 1));
        }

        for (var i = 0; i < 5_000; i++)
        {
            Assert.That(frontier.TryFirst(out var sent, out _), Is.True);
            Assert.That(sent.Ticks, Is.EqualTo(i));
            frontier.DropFirst();
            // Added while the front moves: what comes late stands where it belongs.
            if (i % 100 == 0)
            {
                frontier.Add(TimeSpan.FromTicks(10_000 + i), TimeSpan.FromTicks(10_001 + i));
            }
        }

        Assert.That(frontier.TryFirst(out var first, out var known), Is.True);
        Assert.That((first.Ticks, known.Ticks), Is.EqualTo((10_000, 10_001)));
    }
}
