using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server.Streams;
using ChaosHarness.Toxiproxy.Server.Timing;
using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>
/// One direction of a connection: reads from one socket, writes to the other. Without toxics bytes go straight across; with toxics they go through the <see cref="Pipeline"/>.
/// It waits for bytes without a buffer, so that an idle connection costs none, and so that a toxic added meanwhile has nothing to interrupt.
/// </summary>
internal sealed class Link(Connection connection, Direction direction, Socket source, Socket destination, Clock clock)
{
    private readonly Lock _gate = new();
    private Pipeline? _pipeline;
    private ITimer? _timer;
    private TimeSpan _armedFor = Moments.Never;
    private TaskCompletionSource? _room;

    // One writer at a time: the straight copy, or the one that takes chunks from the pipeline.
    private bool _writing;
    private bool _finished;
    private volatile bool _toxic;
    private long _received;
    private long _sent;

    public Direction Direction => direction;

    public long Received => Volatile.Read(ref _received);

    public long Sent => Volatile.Read(ref _sent);

    /// <summary>The names of the toxics that act on it.</summary>
    public string[] Toxics
    {
        get
        {
            lock (_gate)
            {
                return _pipeline is null ? [] : [.. _pipeline.Toxics.Select(present => present.Name)];
            }
        }
    }

    /// <summary>Reads until the source ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            bool more;
            do
            {
                var ready = source.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
                var follows = ready.IsCompleted;
                await ready.ConfigureAwait(false);
                more = TryClaimWriter() ? await CopyStraightAsync().ConfigureAwait(false) : await ReadChunkAsync(follows).ConfigureAwait(false);
            }
            while (more);
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            Offer(ChunkKind.Close);
        }
    }

    /// <summary>Adds a toxic. What is due because of a change goes with the next <see cref="Drain"/>.</summary>
    /// <param name="added">The toxic.</param>
    /// <param name="chance">Chance for it.</param>
    public void Add(Toxic added, Chance chance) => Alter(present => present.Add(added, chance, clock.Now));

    /// <summary>Brings the toxic as it is now to this link: changes it, or adds or removes it when its toxicity now says so.</summary>
    /// <param name="changed">The toxic.</param>
    /// <param name="acts">Whether it acts on this connection.</param>
    /// <param name="chance">Chance for it, when it is added.</param>
    public void Change(Toxic changed, bool acts, Chance chance) => Alter(present =>
    {
        var acted = present.Has(changed.Name);
        if (acted && acts)
        {
            present.Change(changed, clock.Now);
        }
        else if (acted)
        {
            present.Remove(changed.Name, clock.Now);
        }
        else if (acts)
        {
            present.Add(changed, chance, clock.Now);
        }
    });

    public void Remove(string name) => Alter(present =>
    {
        if (present.Has(name))
        {
            present.Remove(name, clock.Now);
        }
    });

    /// <summary>Forgets everything; the connection closes its sockets.</summary>
    public void Abandon()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _finished = true;
            _pipeline = null;
            _timer?.Dispose();
            _timer = null;
            waiter = _room;
            _room = null;
        }

        waiter?.TrySetResult();
    }

    private void Alter(Action<Pipeline> change)
    {
        lock (_gate)
        {
            if (_finished)
            {
                return;
            }

            _pipeline ??= new Pipeline();
            change(_pipeline);
            _toxic = !_pipeline.IsEmpty;
        }
    }

    private bool TryClaimWriter()
    {
        lock (_gate)
        {
            if (_finished || _writing || _pipeline is { IsEmpty: false })
            {
                return false;
            }

            _toxic = false;
            _writing = true;
            return true;
        }
    }

    private async Task<bool> CopyStraightAsync()
    {
        bool more;
        try
        {
            more = await StraightCopy.RunAsync(source, destination, this).ConfigureAwait(false);
        }
        catch (BrokenDestinationException)
        {
            Finish(ChunkKind.Close);
            return false;
        }
        finally
        {
            lock (_gate)
            {
                _writing = false;
            }
        }

        if (more)
        {
            Drain();
        }
        else
        {
            Offer(ChunkKind.End);
        }

        return more;
    }

    /// <summary>Whether the straight copy has to stop, because bytes may no longer go past the toxics.</summary>
    public bool MustStop => _toxic || Volatile.Read(ref _finished);

    /// <summary>Counts what went straight across.</summary>
    /// <param name="count">The bytes.</param>
    public void Passed(int count)
    {
        // One writer at a time; only torn reads have to be kept out.
        Volatile.Write(ref _received, _received + count);
        Volatile.Write(ref _sent, _sent + count);
    }

    private async Task<bool> ReadChunkAsync(bool follows)
    {
        await WaitForRoomAsync().ConfigureAwait(false);
        var data = await ChunkReader.ReadAsync(source).ConfigureAwait(false);
        if (data.IsEmpty)
        {
            Offer(ChunkKind.End);
            return false;
        }

        Volatile.Write(ref _received, _received + data.Length);
        lock (_gate)
        {
            if (_finished)
            {
                return false;
            }

            _pipeline ??= new Pipeline();
            _pipeline.Accept(Chunk.Of(data, clock.Now) with { Follows = follows });
        }

        Drain();
        return true;
    }

    private Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (_finished || _pipeline is null or { HasRoom: true })
            {
                return Task.CompletedTask;
            }

            _room = new TaskCompletionSource();
            return _room.Task;
        }
    }

    // The end of the source, behind everything that came before it.
    private void Offer(ChunkKind kind)
    {
        lock (_gate)
        {
            if (_finished)
            {
                return;
            }

            _pipeline ??= new Pipeline();
            _pipeline.Accept(Chunk.Ending(kind, clock.Now));
        }

        Drain();
    }

    /// <summary>Writes what is due, unless someone does already: then that one goes on.</summary>
    public void Drain()
    {
        Chunk chunk;
        TaskCompletionSource? waiter = null;
        bool due;
        lock (_gate)
        {
            if (_writing || _finished || _pipeline is null)
            {
                return;
            }

            due = _pipeline.TryTake(clock.Now, out chunk);
            _writing = due;
            if (!due)
            {
                waiter = Settle(_pipeline);
            }
        }

        waiter?.TrySetResult();
        if (due)
        {
            _ = WriteAsync(chunk);
        }
    }

    private async Task WriteAsync(Chunk chunk)
    {
        try
        {
            bool due;
            do
            {
                if (chunk.Kind != ChunkKind.Data)
                {
                    Finish(chunk.Kind);
                    return;
                }

                var sending = destination.SendAsync(chunk.Data, SocketFlags.None);
                var waited = !sending.IsCompleted;
                await sending.ConfigureAwait(false);
                Volatile.Write(ref _sent, _sent + chunk.Data.Length);
                TaskCompletionSource? waiter;
                lock (_gate)
                {
                    if (_finished || _pipeline is null)
                    {
                        return;
                    }

                    if (waited)
                    {
                        _pipeline.OutletFreeSince = clock.Now;
                    }

                    due = _pipeline.TryTake(clock.Now, out chunk);
                    _writing = due;
                    waiter = Settle(_pipeline);
                }

                waiter?.TrySetResult();
            }
            while (due);
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            Finish(ChunkKind.Close);
        }
    }

    // Sets the timer for when something is due, and returns the reader that waits for room there now is.
    private TaskCompletionSource? Settle(Pipeline present)
    {
        var next = _writing ? Moments.Never : present.NextLook();
        if (next < _armedFor)
        {
            _armedFor = next;
            _timer ??= clock.CreateTimer(Wake);
            _timer.Change(Moments.Later(TimeSpan.Zero, next - clock.Now), Timeout.InfiniteTimeSpan);
        }

        if (!present.HasRoom)
        {
            return null;
        }

        if (!_writing && present.IsEmpty)
        {
            // The last toxic is gone, and with it all that it needed.
            _pipeline = null;
            _timer?.Dispose();
            _timer = null;
            _armedFor = Moments.Never;
        }

        var waiter = _room;
        _room = null;
        return waiter;
    }

    private void Wake()
    {
        lock (_gate)
        {
            _armedFor = Moments.Never;
        }

        Drain();
    }

    private void Finish(ChunkKind kind)
    {
        Abandon();
        connection.Finished(kind, destination);
    }
}
