using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>One toxic in one direction of one connection, and what it holds.</summary>
internal sealed class Stage : IStage
{
    private readonly Queue<Held> _held = new();
    private readonly IToxic _behaviour;
    private readonly int _capacity;
    private bool _ended;
    private TimeSpan _lastDue;

    public Stage(Toxic toxic, Chance chance)
    {
        Toxic = toxic;
        Chance = chance;
        _behaviour = toxic.Type.Create();
        _capacity = toxic.Type.Buffer;
    }

    public Toxic Toxic { get; private set; }

    public Chance Chance { get; }

    public TimeSpan Moment { get; private set; }

    /// <summary>When the toxic wants to be called.</summary>
    public TimeSpan AlarmAt { get; private set; } = Moments.Never;

    /// <summary>The moment since which it takes another chunk, after it was full.</summary>
    public TimeSpan RoomSince { get; private set; }

    /// <summary>A full stage makes the one before it wait, and in the end the sender.</summary>
    public bool HasRoom => _ended || _held.Count < _capacity;

    /// <summary>Whether anything waits here.</summary>
    public bool HoldsAnything => _held.Count > 0;

    /// <summary>When the first of what it holds is due.</summary>
    public TimeSpan FirstDue => _held.TryPeek(out var first) ? first.Due : Moments.Never;

    public long this[ToxicAttribute attribute] => (long)Toxic.Attributes[attribute];

    public double Fraction(ToxicAttribute attribute) => (double)Toxic.Attributes[attribute];

    public void Start(TimeSpan now)
    {
        Moment = now;
        _behaviour.Start(this);
    }

    public void Accept(Chunk chunk)
    {
        if (_ended)
        {
            return;
        }

        Moment = chunk.At;
        if (chunk.Kind == ChunkKind.Data)
        {
            _behaviour.Receive(chunk, this);
        }
        else
        {
            _behaviour.End(chunk, this);
        }
    }

    public void Alarm()
    {
        Moment = AlarmAt;
        AlarmAt = Moments.Never;
        _behaviour.Alarm(this);
    }

    /// <summary>Takes out the first of what it holds.</summary>
    /// <param name="at">When the next place took it.</param>
    /// <returns>The chunk, arrived at that moment.</returns>
    public Chunk Release(TimeSpan at)
    {
        var wasFull = _held.Count >= _capacity;
        var chunk = _held.Dequeue().Chunk;
        if (wasFull && HasRoom)
        {
            RoomSince = at;
        }

        return chunk with { At = at };
    }

    /// <summary>
    /// The toxic's attributes changed: the first chunk it holds, with all pieces of it, goes at once, the others are judged anew from when they arrived.
    /// </summary>
    /// <param name="toxic">The toxic with its new attributes.</param>
    /// <param name="now">The moment of the change.</param>
    public void Change(Toxic toxic, TimeSpan now)
    {
        Toxic = toxic;
        var before = _held.ToArray();
        _held.Clear();
        _lastDue = default;
        var wasEnded = _ended;
        _ended = false;
        for (var index = 0; index < before.Length; index++)
        {
            var chunk = before[index].Chunk;
            if (chunk.Kind == ChunkKind.Data && (index == 0 || _capacity == 1))
            {
                Pass(chunk, now);
            }
            else if (wasEnded && chunk.Kind != ChunkKind.Data)
            {
                // The toxic itself ended the stream: that stands, and goes at once.
                EndStream(chunk.Kind, now);
            }
            else
            {
                Accept(chunk);
            }
        }

        _ended |= wasEnded;
        Moment = now;
        AlarmAt = Moments.Never;
        if (!_ended)
        {
            _behaviour.Start(this);
        }

        if (HasRoom)
        {
            RoomSince = now;
        }
    }

    public void Remove(TimeSpan now)
    {
        Moment = now;
        _behaviour.Remove(this);
    }

    public void Pass(Chunk chunk, TimeSpan due)
    {
        _lastDue = Moments.Later(_lastDue, due);
        _held.Enqueue(new Held(chunk, _lastDue));
    }

    public void EndStream(ChunkKind kind, TimeSpan due)
    {
        Pass(Chunk.Ending(kind, Moment), due);
        _ended = true;
        AlarmAt = Moments.Never;
    }

    public void SetAlarm(TimeSpan moment) => AlarmAt = moment;
}
