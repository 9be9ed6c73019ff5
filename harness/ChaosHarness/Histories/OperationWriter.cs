namespace ChaosHarness.Histories;

/// <summary>Writes the operations of one probe or workload into a history, from any threads. All times are since the start of the run.</summary>
public sealed class OperationWriter
{
    private const int MostDetails = 4096;
    private const int MostNodes = byte.MaxValue - 2;
    private readonly HistoryWriter _history;
    private readonly BoundedTexts _details = new(MostDetails);
    private readonly BoundedTexts _nodes = new(MostNodes);
    private volatile Chunk[] _chunks = new Chunk[4];
    private long _lastEntered;
    private int _count;
    private long _dropped;
    private ReadBack? _readBack;

    internal OperationWriter(HistoryWriter history, SourceSettings settings) => (_history, Settings) = (history, settings);

    /// <summary>What is known of the source.</summary>
    public SourceSettings Settings { get; }

    /// <summary>How many completions came for what was complete already, and were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    internal ref int CountReference => ref _count;

    internal Chunk[] Chunks => _chunks;

    internal BoundedTexts DetailTexts => _details;

    internal BoundedTexts NodeTexts => _nodes;

    internal ReadBack? ReadBack => _readBack;

    /// <summary>Notes a request that is due. Requests are noted in the order in which they are due.</summary>
    /// <param name="due">When it was to be sent.</param>
    /// <returns>Its number, from 0.</returns>
    public long Enter(TimeSpan due)
    {
        lock (_history.Gate)
        {
            var number = _count;
            var chunk = number >> Chunk.Bits;
            if ((number & (Chunk.Size - 1)) == 0)
            {
                AddChunk(chunk);
            }

            _lastEntered = Math.Max(_lastEntered, _history.AfterEveryLook(due.Ticks));
            _chunks[chunk].Enter(number & (Chunk.Size - 1), due.Ticks, _lastEntered);
            Volatile.Write(ref _count, number + 1);
            return number;
        }
    }

    /// <summary>Notes that a request is about to be sent.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="at">When, read just before.</param>
    public void Invoke(long number, TimeSpan at)
    {
        lock (_history.Gate)
        {
            ChunkOf(number).Invoke(IndexOf(number), _history.AfterEveryLook(at.Ticks));
        }
    }

    /// <summary>Notes what came back. The first completion of a request counts; a later one is counted and dropped.</summary>
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
        lock (_history.Gate)
        {
            var isFirst = ChunkOf(number).Complete(
                IndexOf(number),
                _history.AfterEveryLook(at.Ticks),
                verdict,
                (ushort)_details.NumberOf(detail),
                (byte)_nodes.NumberOf(node),
                id,
                value);
            if (!isFirst)
            {
                Interlocked.Increment(ref _dropped);
            }

            return isFirst;
        }
    }

    /// <summary>Notes that the system holds a write, once more with each call. To be called by one thread, before <see cref="EndReadBack"/>.</summary>
    /// <param name="number">The write's number.</param>
    public void Hold(long number) => ChunkOf(number).Hold(IndexOf(number));

    /// <summary>Notes that all writes were looked up, or why they could not be.</summary>
    /// <param name="readBack">What came of it.</param>
    public void EndReadBack(ReadBack readBack)
    {
        ArgumentNullException.ThrowIfNull(readBack);
        lock (_history.Gate)
        {
            _readBack = readBack with { At = TimeSpan.FromTicks(_history.AfterEveryLook(readBack.At.Ticks)) };
        }
    }

    private static int IndexOf(long number) => (int)number & (Chunk.Size - 1);

    private Chunk ChunkOf(long number) => number >= 0 && number < _count
        ? _chunks[number >> Chunk.Bits]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"{Settings.Name} has {_count} requests.");

    private void AddChunk(int index)
    {
        if (index == _chunks.Length)
        {
            var grown = _chunks;
            Array.Resize(ref grown, grown.Length * 2);
            _chunks = grown;
        }

        _chunks[index] = new Chunk();
    }
}
