using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Tests.Streams;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Toxics;

public sealed class BandwidthToxicTests
{
    [Test]
    public void The_rate_holds_within_two_percent_whatever_the_timer_does() =>
        Gen.Select(Gen.Int[10, 100_000], Gen.Int[0, 60], Gen.Int[1, Chunk.MaximumLength]).Sample((rate, lateness, chunk) =>
        {
            var link = new Simulation { Lateness = () => TimeSpan.FromMilliseconds(lateness) }.Add("bandwidth", ("rate", rate));
            var data = new byte[rate * 2000];
            link.Stream(data, Math.Max(chunk, rate / 50));
            link.Until(link.Now.TotalMilliseconds + 5000);

            // 2 seconds worth of data: the last byte arrives after 2 s.
            return Math.Abs(link.Arrived[^1].At.TotalMilliseconds - 2000) <= 40 + lateness && link.Arrived.Sum(entry => entry.Chunk.Data.Length) == data.Length;
        }, iter: 60);

    [Test]
    public void A_large_chunk_goes_in_pieces_of_100_ms()
    {
        var link = Simulation.With("bandwidth", ("rate", 10));
        link.Send(new string('x', 2500));
        link.Until(1000);

        Assert.That(link.Arrived.Select(entry => (entry.At.TotalMilliseconds, entry.Chunk.Data.Length)), Is.EqualTo(new[] { (100.0, 1000), (200.0, 1000), (250.0, 500) }));
    }

    [Test]
    public void Two_in_a_row_let_the_slower_decide_and_work_at_the_same_time()
    {
        var link = Simulation.With("bandwidth", ("rate", 100)).Add("bandwidth", ("rate", 100));
        link.Stream(new byte[100_000], 1000);
        link.Until(5000);

        Assert.That(link.Arrived[^1].At.TotalMilliseconds, Is.EqualTo(1010).Within(1));
    }

    [Test]
    public void An_idle_time_gives_no_credit()
    {
        var link = Simulation.With("bandwidth", ("rate", 10));
        link.Until(5000);
        link.Send(new string('x', 500));
        link.Until(6000);

        Assert.That(link.Texts.Single().Milliseconds, Is.EqualTo(5050));
    }

    [Test]
    public void Small_gaps_between_messages_give_no_credit_either()
    {
        var link = Simulation.With("bandwidth", ("rate", 10));
        for (var message = 0; message < 20; message++)
        {
            link.Until(message * 60);
            link.Send(new string('x', 500));
        }

        link.Until(5000);

        Assert.That(link.Texts.Select((entry, index) => entry.Milliseconds - (index * 60)), Is.All.EqualTo(50));
    }

    [Test]
    public void Rate_0_stalls_the_data_and_the_end_until_it_is_removed()
    {
        var link = Simulation.With("bandwidth", ("rate", 0));
        link.Send("a");
        link.End();
        link.Until(1e7);
        Assert.That(link.Arrived, Is.Empty);

        link.Remove("bandwidth0");

        Assert.That(link.Texts.Select(entry => entry.Text), Is.EqualTo(new[] { "a", "End" }));
    }

    [Test]
    public void A_stall_that_becomes_a_rate_lets_go_what_it_held()
    {
        var link = Simulation.With("bandwidth", ("rate", 0));
        link.Send("a");
        link.Until(500);
        link.Change("bandwidth0", ("rate", 1));
        link.Send("bb");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (500.0, "a"), (502.0, "bb") }));
    }

    [Test]
    public void The_sender_waits_while_a_chunk_is_on_its_way()
    {
        var link = Simulation.With("bandwidth", ("rate", 1));
        link.Send(new string('x', 100));

        Assert.That(link.TrySend(new byte[1]), Is.False);
    }
}
