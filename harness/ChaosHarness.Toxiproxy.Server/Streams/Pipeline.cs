using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>
/// The toxics of one direction of one connection, in order of adding. It knows no sockets, no threads and no timers, only moments:
/// whoever owns it feeds chunks in, takes chunks out when they are due, and asks when to look again.
/// </summary>
/// <remarks>
/// A stage holds one chunk, or as many as its type buffers. When all are full the owner has to stop reading, so that the sender feels it.
/// Nothing is lost or reordered when toxics come, change and go, except by toxics made for that.
/// </remarks>
internal sealed class Pipeline
{
    // What a removed toxic held, when no stage was behind it.
    private readonly Queue<Chunk> _released = new();
    private readonly List<Stage> _stages = [];

    /// <summary>Whether bytes may go past it: no toxic, nothing held.</summary>
    public bool IsEmpty => _stages.Count == 0 && _released.Count == 0;

    /// <summary>Whether the first stage takes another chunk.</summary>
    public bool HasRoom => _stages.Count == 0 ? _released.Count == 0 : _stages[0].HasRoom;

    /// <summary>The moment at which the receiver took more, after it had made a write wait.</summary>
    public TimeSpan OutletFreeSince { get; set; }

    /// <summary>The toxics that act here.</summary>
    public IEnumerable<Toxic> Toxics => _stages.Select(stage => stage.Toxic);

    public void Add(Toxic toxic, Chance chance, TimeSpan now)
    {
        var place = _stages.FindLastIndex(stage => stage.Toxic.Order < toxic.Order) + 1;
        var stage = new Stage(toxic, chance);
        _stages.Insert(place, stage);
        stage.Start(now);
    }

    /// <summary>Whether a toxic of this name acts here.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    public void Change(Toxic toxic, TimeSpan now)
    {
        Advance(now);
        _stages[IndexOf(toxic.Name)].Change(toxic, now);
    }

    public void Remove(string name, TimeSpan now)
    {
        Advance(now);
        var place = IndexOf(name);
        var stage = _stages[place];
        stage.Remove(now);
        _stages.RemoveAt(place);
        while (stage.HoldsAnything)
        {
            Hand(stage.Release(now), place);
        }

        // The stage before may be waiting for room that there is now; the owner advances next.
    }

    /// <summary>Takes a chunk from the sender.</summary>
    public void Accept(Chunk chunk) => Hand(chunk, 0);

    /// <summary>The next chunk for the receiver, if one is due.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="chunk">The chunk.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(TimeSpan now, out Chunk chunk)
    {
        if (_released.TryDequeue(out chunk))
        {
            return true;
        }

        Advance(now);
        if (_stages.Count > 0 && _stages[^1].FirstDue <= now)
        {
            var last = _stages[^1];
            chunk = last.Release(Moments.Later(last.FirstDue, OutletFreeSince));
            return true;
        }

        return false;
    }

    /// <summary>When to look again, if nothing else happens before; <see cref="Moments.Never"/> when only something else can help.</summary>
    public TimeSpan NextLook()
    {
        var next = Moments.Never;
        for (var index = 0; index < _stages.Count; index++)
        {
            var stage = _stages[index];
            next = Moments.Earlier(next, stage.AlarmAt);
            if (index == _stages.Count - 1 || _stages[index + 1].HasRoom)
            {
                next = Moments.Earlier(next, stage.FirstDue);
            }
        }

        return next;
    }

    private void Advance(TimeSpan now)
    {
        bool moved;
        do
        {
            moved = false;
            for (var index = _stages.Count - 1; index >= 0; index--)
            {
                moved |= MoveOn(index, now);
                if (_stages[index].AlarmAt <= now)
                {
                    _stages[index].Alarm();
                    moved = true;
                }
            }
        }
        while (moved);
    }

    private bool MoveOn(int index, TimeSpan now)
    {
        if (index == _stages.Count - 1)
        {
            return false;
        }

        var (stage, next) = (_stages[index], _stages[index + 1]);
        var moved = false;
        while (stage.FirstDue <= now && next.HasRoom)
        {
            next.Accept(stage.Release(Moments.Later(stage.FirstDue, next.RoomSince)));
            moved = true;
        }

        return moved;
    }

    private void Hand(Chunk chunk, int place)
    {
        if (place < _stages.Count)
        {
            _stages[place].Accept(chunk);
        }
        else
        {
            _released.Enqueue(chunk);
        }
    }

    private int IndexOf(string name) => _stages.FindIndex(stage => stage.Toxic.Name == name);
}
