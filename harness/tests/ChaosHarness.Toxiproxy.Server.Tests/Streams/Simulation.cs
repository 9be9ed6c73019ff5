using System.Globalization;
using System.Text;
using ChaosHarness.Toxiproxy.Server.Api;
using ChaosHarness.Toxiproxy.Server.Json;
using ChaosHarness.Toxiproxy.Server.Proxies;
using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Tests.Streams;

/// <summary>A pipeline with a sender, a receiver that takes everything at once, and a clock that jumps: no sockets, no threads, no waiting.</summary>
internal sealed class Simulation
{
    private readonly ToxicSet _toxics = new();
    private readonly Chance _chance = new(1);

    public Pipeline Pipeline { get; } = new();

    public TimeSpan Now { get; private set; }

    /// <summary>How late the timer is, each time; it is asked for again.</summary>
    public Func<TimeSpan> Lateness { get; init; } = () => TimeSpan.Zero;

    /// <summary>What arrived, and when.</summary>
    public List<(TimeSpan At, Chunk Chunk)> Arrived { get; } = [];

    public IEnumerable<(double Milliseconds, string Text)> Texts =>
        Arrived.Select(entry => (entry.At.TotalMilliseconds, entry.Chunk.Kind == ChunkKind.Data ? Encoding.ASCII.GetString(entry.Chunk.Data.Span) : entry.Chunk.Kind.ToString()));

    public byte[] Bytes => [.. Arrived.SelectMany(entry => entry.Chunk.Data.ToArray())];

    public static Simulation With(string type, params (string Name, decimal Value)[] attributes) => new Simulation().Add(type, attributes);

    public Simulation Add(string type, params (string Name, decimal Value)[] attributes) => AddNamed(null, type, attributes);

    public Simulation AddNamed(string? name, string type, params (string Name, decimal Value)[] attributes)
    {
        var toxic = _toxics.Add(new ToxicRequest { Name = name ?? $"{type}{_toxics.InOrder.Count}", Type = type, Attributes = Fields(attributes) });
        Pipeline.Add(toxic, _chance, Now);
        Take();
        return this;
    }

    public void Change(string name, params (string Name, decimal Value)[] attributes)
    {
        Pipeline.Change(_toxics.Change(name, new ToxicRequest { Attributes = Fields(attributes) }), Now);
        Take();
    }

    public void Remove(string name)
    {
        _toxics.Remove(name);
        Pipeline.Remove(name, Now);
        Take();
    }

    /// <summary>Sends as a socket would: only when there is room.</summary>
    public bool TrySend(ReadOnlyMemory<byte> data, bool follows = false)
    {
        Take();
        if (!Pipeline.HasRoom)
        {
            return false;
        }

        Pipeline.Accept(Chunk.Of(data, Now) with { Follows = follows });
        Take();
        return true;
    }

    public void Send(string text) => Assert.That(TrySend(Encoding.ASCII.GetBytes(text)), "there is room");

    public void End()
    {
        Pipeline.Accept(Chunk.Ending(ChunkKind.End, Now));
        Take();
    }

    /// <summary>Lets time pass, with a look whenever the pipeline wants one.</summary>
    public void Until(double milliseconds)
    {
        var end = TimeSpan.FromMilliseconds(milliseconds);
        while (Pipeline.NextLook() is var next && next <= end)
        {
            Now = Moments.Later(Now, next + Lateness());
            Take();
        }

        Now = Moments.Later(Now, end);
    }

    /// <summary>Sends a long stream as fast as it is taken.</summary>
    public void Stream(ReadOnlyMemory<byte> data, int chunk = Chunk.MaximumLength)
    {
        while (!data.IsEmpty)
        {
            var piece = data[..Math.Min(chunk, data.Length)];
            if (TrySend(piece, follows: true))
            {
                data = data[piece.Length..];
            }
            else
            {
                var next = Pipeline.NextLook();
                Assert.That(next, Is.Not.EqualTo(Moments.Never), "something will make room");
                Now = Moments.Later(Now, next + Lateness());
                Take();
            }
        }
    }

    private static JsonFields Fields((string Name, decimal Value)[] attributes)
    {
        var pairs = attributes.Select(attribute => string.Create(CultureInfo.InvariantCulture, $"\"{attribute.Name}\":{attribute.Value}"));
        return new JsonFields(RequestBody.Parse(Encoding.UTF8.GetBytes($"{{{string.Join(',', pairs)}}}")));
    }

    private void Take()
    {
        while (Pipeline.TryTake(Now, out var chunk))
        {
            Arrived.Add((Now, chunk));
        }
    }
}
