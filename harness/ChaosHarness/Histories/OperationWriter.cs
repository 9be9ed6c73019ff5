namespace ChaosHarness.Histories;

/// <summary>Writes the operations of one probe or workload into a history, from any threads. All times are since the start of the run.</summary>
public sealed class OperationWriter
{
    private const int MostTexts = 4096;
    private readonly HistoryWriter _history;
    private volatile Chunk[] _chunks = new Chunk[4];
    private volatile ReadBack? _readBack;
    private long _lastDue = long.MinValue;
    private int _count;
    private long _dropped;

    internal OperationWriter(HistoryWriter history, SourceSettings settings) => (_history, Settings) = (history, settings);

    /// <summary>What is known of the source.</summary>
    public SourceSettings Settings { get; }

    /// <summary>How many completions came for what was complete already, and were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal int Count => Volatile.Read(ref _count);

    internal Chunk[] Chunks => _chunks;

    internal BoundedTexts Details { get; } = new(MostTexts);

    internal BoundedTexts Nodes { get; } = new(MostTexts);

    internal ReadBack? ReadBack => _readBack;

    /// <summary>Notes a request that is due. Requests are noted in the order in which they are due.</summary>
    /// <param name="due">When it was to be sent.</param>
    /// <returns>Its number, from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It was due before the one that was noted before it.</exception>
    public long Enter(TimeSpan due)
    {
        // Made before the lock is taken: nobody waits for memory. Should two threads enter at once, one of them makes it under the lock.
        var fresh = IndexOf(Count) == 0 ? NextChunk(due.Ticks) : null;
        lock (_history.Gate)
        {
            if (due.Ticks < _lastDue)
            {
                throw new ArgumentOutOfRangeException(nameof(due), due, $"The request of '{Settings.Name}' before it was due later, at {TimeSpan.FromTicks(_lastDue)}: note requests in the order in which they are due.");
            }

            _lastDue = due.Ticks;
            var number = _count;
            if (IndexOf(number) == 0)
            {
                Add(number >> Chunk.Bits, fresh ?? NextChunk(due.Ticks));
            }

            _chunks[number >> Chunk.Bits].Enter(IndexOf(number), due.Ticks, _history.AfterEveryLook(due.Ticks));
            Volatile.Write(ref _count, number + 1);
            return number;
        }
    }

    /// <summary>Notes that a request is about to be sent. The first time counts, and only while the request is open.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="at">When, read just before.</param>
    /// <returns>Whether it waited to be sent until then.</returns>
    public bool Invoke(long number, TimeSpan at)
    {
        lock (_history.Gate)
        {
            return ChunkOf(number).Invoke(IndexOf(number), _history.AfterEveryLook(at.Ticks));
        }
    }

    /// <summary>
    /// Notes what came back. The first completion of a request counts; a later one is counted and dropped. One that was never noted as sent
    /// counts as sent when it was due, unless it was not sent.
    /// </summary>
    /// <param name="number">The request's number.</param>
    /// <param name="at">When, read just after.</param>
    /// <param name="verdict">Good or why not.</param>
    /// <param name="detail">What was seen, in a few words; kept for so many different ones only.</param>
    /// <param name="node">Who answered, if known.</param>
    /// <param name="id">What the system calls what was written, if known.</param>
    /// <param name="value">The number that came back, if one did.</param>
    /// <returns>Whether it was open until then.</returns>
    public bool Complete(long number, TimeSpan at, OperationVerdict verdict, string? detail = null, string? node = null, StoredId? id = null, double? value = null)
    {
        var (detailNumber, nodeNumber) = (Details.NumberOf(detail), Nodes.NumberOf(node));
        lock (_history.Gate)
        {
            var (chunk, index) = (ChunkOf(number), IndexOf(number));
            if (verdict != OperationVerdict.NotSent)
            {
                chunk.Invoke(index, _history.AfterEveryLook(chunk.Due(index)));
            }

            var isFirst = chunk.Complete(index, _history.AfterEveryLook(at.Ticks), verdict, detailNumber, nodeNumber, id, value);
            if (!isFirst)
            {
                Interlocked.Increment(ref _dropped);
            }

            return isFirst;
        }
    }

    /// <summary>Notes that the system holds a write, once more with each call. To be called by one thread, before <see cref="EndReadBack"/>.</summary>
    /// <param name="number">The write's number.</param>
    /// <returns>Whether it was noted: not once the read-back is over.</returns>
    public bool Hold(long number)
    {
        if (_readBack is not null)
        {
            return false;
        }

        ChunkOf(number).Hold(IndexOf(number));
        return true;
    }

    /// <summary>Notes that all writes were looked up, or why they could not be. The first call counts.</summary>
    /// <param name="readBack">What came of it.</param>
    /// <returns>Whether it was the first.</returns>
    public bool EndReadBack(ReadBack readBack)
    {
        ArgumentNullException.ThrowIfNull(readBack);
        lock (_history.Gate)
        {
            if (_readBack is not null)
            {
                return false;
            }

            _readBack = readBack with { At = TimeSpan.FromTicks(_history.AfterEveryLook(readBack.At.Ticks)) };
            return true;
        }
    }

    private static int IndexOf(long number) => (int)number & (Chunk.Size - 1);

    private Chunk ChunkOf(long number) => number >= 0 && number < Count
        ? _chunks[number >> Chunk.Bits]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"'{Settings.Name}' has {Count} requests: use the number that noting one gave.");

    private Chunk NextChunk(long start) => new(start, Count == 0 ? null : ChunkOf(Count - 1));

    private void Add(int index, Chunk chunk)
    {
        if (index == _chunks.Length)
        {
            var grown = _chunks;
            Array.Resize(ref grown, grown.Length * 2);
            _chunks = grown;
        }

        _chunks[index] = chunk;
    }
}
