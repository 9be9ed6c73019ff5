using ChaosHarness.Toxiproxy.Server.Tests.Streams;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Toxics;

public sealed class LatencyToxicTests
{
    [Test]
    public void Every_chunk_comes_later_by_the_latency()
    {
        var link = Simulation.With("latency", ("latency", 100));
        link.Send("a");
        link.Until(30);
        link.Send("b");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (100.0, "a"), (130.0, "b") }));
    }

    [Test]
    public void Two_add_up_in_a_steady_stream_too()
    {
        var link = Simulation.With("latency", ("latency", 100)).Add("latency", ("latency", 100));
        for (var message = 0; message < 300; message++)
        {
            link.Until(message * 2);
            link.Send("x");
        }

        link.Until(1000);

        Assert.That(link.Texts.Select((entry, index) => entry.Milliseconds - (index * 2)), Is.All.EqualTo(200));
    }

    [Test]
    public void A_late_timer_is_not_paid_twice()
    {
        var late = new Simulation { Lateness = () => TimeSpan.FromMilliseconds(3) }.Add("latency", ("latency", 50)).Add("latency", ("latency", 50)).Add("latency", ("latency", 50));
        late.Send("a");
        late.Until(1000);

        Assert.That(late.Texts.Single().Milliseconds, Is.LessThanOrEqualTo(153));
    }

    [Test]
    public void Jitter_stays_within_its_range_and_never_changes_the_order() => Gen.Select(Gen.Int[0, 200], Gen.Int[1, 200], Gen.Int[1, 100]).Sample((latency, jitter, count) =>
    {
        var link = Simulation.With("latency", ("latency", latency), ("jitter", jitter));
        for (var message = 0; message < count; message++)
        {
            link.Until(message);
            link.Send(((char)('a' + (message % 26))).ToString());
        }

        link.Until(10_000);
        var delays = link.Texts.Select((entry, index) => entry.Milliseconds - index).ToList();
        return delays.Count == count && delays.All(delay => delay >= Math.Max(0, latency - jitter)) && delays[0] < latency + jitter
            && link.Texts.Select(entry => entry.Text[0]).SequenceEqual(Enumerable.Range(0, count).Select(index => (char)('a' + (index % 26))));
    }, iter: 200);

    [Test]
    public void Jitter_is_spread_evenly_over_both_sides()
    {
        var link = Simulation.With("latency", ("latency", 1000), ("jitter", 100));
        for (var message = 0; message < 2000; message++)
        {
            link.Until(message * 1000);
            link.Send("x");
        }

        link.Until(3_000_000);
        var delays = link.Texts.Select((entry, index) => entry.Milliseconds - (index * 1000)).ToList();

        Assert.That(delays.Average(), Is.EqualTo(1000).Within(10));
        Assert.That(delays.Min(), Is.InRange(900, 905));
        Assert.That(delays.Max(), Is.InRange(1094, 1099));
    }

    [Test]
    public void A_bare_end_is_not_delayed_and_an_end_behind_data_follows_it()
    {
        var bare = Simulation.With("latency", ("latency", 100));
        bare.End();
        var behind = Simulation.With("latency", ("latency", 100));
        behind.Send("a");
        behind.End();
        behind.Until(1000);

        Assert.That(bare.Texts, Is.EqualTo(new[] { (0.0, "End") }));
        Assert.That(behind.Texts, Is.EqualTo(new[] { (100.0, "a"), (100.0, "End") }));
    }

    [TestCase(-5)]
    [TestCase(0)]
    public void No_or_negative_latency_is_none(decimal latency)
    {
        var link = Simulation.With("latency", ("latency", latency), ("jitter", -3));
        link.Send("a");

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "a") }));
    }

    [Test]
    public void A_latency_that_no_clock_can_hold_keeps_the_chunk_until_it_is_removed()
    {
        var link = Simulation.With("latency", ("latency", long.MaxValue));
        link.Send("a");
        link.Until(1e9);
        Assert.That(link.Arrived, Is.Empty);

        link.Remove("latency0");

        Assert.That(link.Texts.Single().Text, Is.EqualTo("a"));
    }

    [Test]
    public void An_update_lets_the_held_chunk_go_and_judges_the_others_from_when_they_came()
    {
        var link = Simulation.With("latency", ("latency", 3000));
        link.Send("a");
        link.Until(50);
        link.Send("b");
        link.Until(80);
        link.Change("latency0", ("latency", 100));
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (80.0, "a"), (150.0, "b") }));
    }

    [Test]
    public void It_holds_a_thousand_chunks_before_the_sender_has_to_wait()
    {
        var link = Simulation.With("latency", ("latency", 60_000));
        var sent = 0;
        while (sent < 5000 && link.TrySend(new byte[1]))
        {
            sent++;
        }

        Assert.That(sent, Is.EqualTo(1024));
    }
}
