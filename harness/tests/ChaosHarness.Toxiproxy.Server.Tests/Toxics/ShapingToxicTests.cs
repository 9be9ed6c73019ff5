using ChaosHarness.Toxiproxy.Server.Tests.Streams;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Toxics;

/// <summary>Slices and losses.</summary>
public sealed class ShapingToxicTests
{
    [Test]
    public void A_slice_is_never_larger_than_average_and_variation_and_nothing_is_lost() =>
        Gen.Select(Gen.Int[1, 500], Gen.Int[0, 500], Gen.Byte.Array[1, 2000]).Where((average, variation, _) => variation <= average).Sample((average, variation, data) =>
        {
            var link = Simulation.With("slicer", ("average_size", average), ("size_variation", variation));
            link.TrySend(data);
            return link.Arrived.All(entry => entry.Chunk.Data.Length <= average + variation) && link.Bytes.SequenceEqual(data);
        }, iter: 300);

    [Test]
    public void The_delay_of_the_slicer_is_in_microseconds_and_behind_each_slice()
    {
        var link = Simulation.With("slicer", ("average_size", 10), ("delay", 1500));
        link.Send(new string('x', 40));
        link.Until(100);

        Assert.That(link.Arrived.Select(entry => entry.At.TotalMilliseconds), Is.EqualTo(new[] { 0, 1.5, 3, 4.5 }));
    }

    [Test]
    public void What_is_lost_comes_later_in_order_and_complete() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100], Gen.Byte.Array[1, 20_000]).Sample((rate, correlation, data) =>
        {
            var link = Simulation.With("packet_loss", ("loss_rate", rate / 100m), ("correlation", correlation / 100m), ("rto", 10));
            link.Stream(data, 3000);
            link.Until(1e7);
            return link.Bytes.SequenceEqual(data);
        }, iter: 200);

    [Test]
    public void A_share_of_segments_waits_for_a_retransmission()
    {
        var link = Simulation.With("packet_loss", ("loss_rate", 0.1m), ("rto", 200));
        for (var message = 0; message < 2000; message++)
        {
            link.Until(message * 20_000.0);
            link.Send("x");
        }

        link.Until(1e9);
        var delays = link.Texts.Select((entry, index) => entry.Milliseconds - (index * 20_000.0)).ToList();

        Assert.That(delays.Count(delay => delay > 0) / 2000.0, Is.EqualTo(0.1).Within(0.02));
        Assert.That(delays.Distinct().Order().Take(3), Is.EqualTo(new[] { 0.0, 200, 600 }), "twice as long for each retransmission that is lost too");
    }

    [Test]
    public void Losses_that_are_correlated_come_in_bursts()
    {
        Assert.That(LongestBurst(correlation: 0.9m), Is.GreaterThan(2 * LongestBurst(correlation: 0)));

        static int LongestBurst(decimal correlation)
        {
            var link = Simulation.With("packet_loss", ("loss_rate", 0.2m), ("correlation", correlation), ("rto", 1));
            for (var message = 0; message < 2000; message++)
            {
                link.Until(message * 1000.0);
                link.Send("x");
            }

            link.Until(1e9);
            var (longest, run) = (0, 0);
            foreach (var delayed in link.Texts.Select((entry, index) => entry.Milliseconds > index * 1000.0))
            {
                run = delayed ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }

            return longest;
        }
    }
}
