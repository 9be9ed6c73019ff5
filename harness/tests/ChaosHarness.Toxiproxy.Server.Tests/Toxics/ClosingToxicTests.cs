using ChaosHarness.Toxiproxy.Server.Tests.Streams;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Toxics;

/// <summary>The toxics that end a stream.</summary>
public sealed class ClosingToxicTests
{
    [Test]
    public void Timeout_drops_all_data_and_closes_when_nothing_came_for_that_long()
    {
        var link = Simulation.With("timeout", ("timeout", 100));
        link.Until(60);
        link.Send("a");
        link.Until(120);
        link.Send("b");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (220.0, "Close") }));
    }

    [Test]
    public void Timeout_closes_an_idle_connection() =>
        Assert.That(Run(Simulation.With("timeout", ("timeout", 100)), 1000), Is.EqualTo(new[] { (100.0, "Close") }));

    [Test]
    public void Timeout_0_never_closes_by_itself_but_lets_the_end_pass()
    {
        var link = Simulation.With("timeout", ("timeout", 0));
        link.Send("a");
        link.Until(1e7);
        Assert.That(link.Arrived, Is.Empty);
        link.End();

        Assert.That(link.Texts.Select(entry => entry.Text), Is.EqualTo(new[] { "End" }));
    }

    [Test]
    public void Removing_a_timeout_closes_the_connection()
    {
        var link = Simulation.With("timeout", ("timeout", 0));
        link.Remove("timeout0");

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "Close") }));
    }

    [Test]
    public void Reset_peer_discards_the_first_chunk_and_resets_after_its_time()
    {
        var link = Simulation.With("reset_peer", ("timeout", 100));
        link.Until(500);
        Assert.That(link.Arrived, Is.Empty, "an idle connection stays");
        link.Send("a");
        link.Send("b");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (600.0, "Reset") }));
    }

    [Test]
    public void Removing_a_reset_peer_that_waits_resets_at_once()
    {
        var link = Simulation.With("reset_peer", ("timeout", 3000));
        link.Send("a");
        link.Until(10);
        link.Remove("reset_peer0");

        Assert.That(link.Texts, Is.EqualTo(new[] { (10.0, "Reset") }));
    }

    [Test]
    public void Limit_data_passes_exactly_that_many_bytes_and_closes() => Gen.Select(Gen.Int[0, 300], Gen.Int[1, 50].List[1, 20]).Sample((limit, chunks) =>
    {
        var link = Simulation.With("limit_data", ("bytes", limit));
        var sent = 0;
        foreach (var chunk in chunks)
        {
            link.Send(new string('x', chunk));
            sent += chunk;
        }

        var closed = link.Texts.Any(entry => entry.Text == "Close");
        return link.Bytes.Length == Math.Min(limit, sent) && closed == (sent >= limit);
    });

    [Test]
    public void Limit_data_keeps_its_count_over_an_update()
    {
        var link = Simulation.With("limit_data", ("bytes", 100));
        link.Send(new string('x', 60));
        link.Change("limit_data0", ("bytes", 80));
        link.Send(new string('x', 60));

        Assert.That(link.Bytes, Has.Length.EqualTo(80));
    }

    [TestCase(-1)]
    [TestCase(long.MinValue)]
    public void Limit_data_below_nothing_closes_at_the_first_byte(long bytes)
    {
        var link = Simulation.With("limit_data", ("bytes", bytes));
        Assert.That(link.Arrived, Is.Empty);
        link.Send("a");

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "Close") }));
    }

    [Test]
    public void Limit_time_passes_data_for_that_long_and_then_closes()
    {
        var link = Simulation.With("limit_time", ("time", 100));
        link.Send("a");
        link.Until(90);
        link.Send("b");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "a"), (90.0, "b"), (100.0, "Close") }));
    }

    [Test]
    public void Limit_time_counts_from_its_start_whatever_is_updated()
    {
        var link = Simulation.With("limit_time", ("time", 1000));
        link.Until(300);
        link.Change("limit_time0", ("time", 400));
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (400.0, "Close") }));
    }

    [Test]
    public void Slow_close_lets_data_pass_and_holds_the_end()
    {
        var link = Simulation.With("slow_close", ("delay", 100));
        link.Send("a");
        link.End();
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "a"), (100.0, "End") }));
    }

    [Test]
    public void Removing_a_slow_close_closes_at_once()
    {
        var link = Simulation.With("slow_close", ("delay", 10_000));
        link.End();
        link.Until(5);
        link.Remove("slow_close0");

        Assert.That(link.Texts, Is.EqualTo(new[] { (5.0, "End") }));
    }

    [Test]
    public void What_a_toxic_closed_passes_the_toxics_behind_it_after_the_data()
    {
        var link = Simulation.With("limit_data", ("bytes", 1)).Add("latency", ("latency", 100));
        link.Send("ab");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (100.0, "a"), (100.0, "Close") }));
    }

    private static IEnumerable<(double Milliseconds, string Text)> Run(Simulation link, double milliseconds)
    {
        link.Until(milliseconds);
        return link.Texts;
    }
}
