using ChaosHarness.Toxiproxy.Server.Streams;
using CsCheck;

namespace ChaosHarness.Toxiproxy.Server.Tests.Streams;

/// <summary>Toxics that come, change and go while bytes are on their way.</summary>
public sealed class LiveChangeTests
{
    private static readonly string[] Harmless = ["latency", "bandwidth", "slicer", "packet_loss", "noop", "slow_close"];

    [Test]
    public void No_byte_is_lost_or_reordered_whatever_comes_changes_and_goes() => Gen.Select(Gen.Int[0, 4].List[1, 80], Gen.Int[0, 1_000_000]).Sample((steps, seed) =>
    {
        var random = new Random(seed);
        var link = new Simulation();
        var (names, sent) = (new List<string>(), new List<byte>());
        foreach (var step in steps)
        {
            switch (step)
            {
                case 0:
                    names.Add($"t{names.Count}{random.Next()}");
                    var type = Harmless[random.Next(Harmless.Length)];
                    link.AddNamed(names[^1], type, Attributes(random));
                    break;
                case 1 when names.Count > 0:
                    link.Change(names[random.Next(names.Count)], Attributes(random));
                    break;
                case 2 when names.Count > 0:
                    var gone = names[random.Next(names.Count)];
                    names.Remove(gone);
                    link.Remove(gone);
                    break;
                case 3:
                    link.Until(link.Now.TotalMilliseconds + random.Next(50));
                    break;
                default:
                    var data = new byte[random.Next(1, 3000)];
                    random.NextBytes(data);
                    if (link.TrySend(data))
                    {
                        sent.AddRange(data);
                    }

                    break;
            }
        }

        link.End();
        names.ForEach(link.Remove);
        return link.Bytes.SequenceEqual(sent) && link.Arrived[^1].Chunk.Kind == ChunkKind.End && link.Pipeline.IsEmpty;
    }, iter: 2000);

    [Test]
    public void Adding_a_toxic_leaves_what_another_holds()
    {
        var link = Simulation.With("latency", ("latency", 100));
        link.Send("a");
        link.Until(50);
        link.Add("latency", ("latency", 20));
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (120.0, "a") }));
    }

    [Test]
    public void What_a_removed_toxic_held_still_passes_the_toxics_behind_it()
    {
        var link = Simulation.With("latency", ("latency", 1000)).Add("latency", ("latency", 100));
        link.Send("a");
        link.Until(50);
        link.Remove("latency0");
        link.Until(1000);

        Assert.That(link.Texts, Is.EqualTo(new[] { (150.0, "a") }));
    }

    [Test]
    public void A_stage_that_is_full_makes_the_one_before_it_wait()
    {
        var link = Simulation.With("noop").Add("bandwidth", ("rate", 0));

        Assert.That(link.TrySend(new byte[1]), "held by the stall");
        Assert.That(link.TrySend(new byte[1]), "held by the toxic before it");
        Assert.That(link.TrySend(new byte[1]), Is.False, "no room is left");
    }

    [Test]
    public void An_empty_pipeline_passes_everything_at_once_and_asks_for_no_timer()
    {
        var link = new Simulation();
        link.Send("a");
        link.End();

        Assert.That(link.Texts, Is.EqualTo(new[] { (0.0, "a"), (0.0, "End") }));
        Assert.That(link.Pipeline.NextLook(), Is.EqualTo(Moments.Never));
    }

    private static (string Name, decimal Value)[] Attributes(Random random) =>
    [
        ("latency", random.Next(100)), ("jitter", random.Next(50)), ("rate", random.Next(1, 1000)), ("average_size", random.Next(100, 1000)),
        ("size_variation", random.Next(100)), ("delay", random.Next(1000)), ("rto", random.Next(100)), ("loss_rate", random.Next(100) / 100m),
    ];
}
