namespace ChaosHarness.Workloads;

/// <summary>
/// The record of every write that was sent: when, whether and when it was acknowledged, and by which node.
/// Times are since the start of the run. 17 bytes a write, in blocks, so that tens of millions fit. Safe for many writers.
/// </summary>
public sealed class WriteLog
{
    private const int BlockBits = 16;
    private const int BlockSize = 1 << BlockBits;
    private readonly Lock _lock = new();
    private readonly List<Block> _blocks = [];
    private readonly List<string> _nodes = [];
    private readonly WriteIds _ids;

    /// <summary>An empty record with ids of its own.</summary>
    public WriteLog()
        : this(WriteIds.Draw())
    {
    }

    internal WriteLog(WriteIds ids) => _ids = ids;

    /// <summary>How many writes were sent.</summary>
    public long Count { get; private set; }

    /// <summary>The nodes that acknowledged a write, in the order in which they first did.</summary>
    public IReadOnlyList<string> Nodes
    {
        get
        {
            lock (_lock)
            {
                return [.. _nodes];
            }
        }
    }

    /// <summary>Whether the id belongs to this record; its number if so.</summary>
    /// <param name="id">An id that the system holds.</param>
    /// <param name="number">The number of the write.</param>
    /// <returns>False for an id of another run and for one never sent.</returns>
    public bool TryNumber(long id, out long number) => _ids.TryNumber(id, out number) && number < Count;

    /// <summary>The id of a write.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <returns>The id.</returns>
    public long Id(long number) => _ids.Id(number);

    /// <summary>Notes that a write is sent now.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="at">When.</param>
    /// <returns>What the sender needs to know.</returns>
    public WriteAttempt Sent(long number, TimeSpan at)
    {
        lock (_lock)
        {
            while (_blocks.Count <= number >> BlockBits)
            {
                _blocks.Add(new Block());
            }

            _blocks[(int)(number >> BlockBits)].Sent[number & (BlockSize - 1)] = at.Ticks + 1;
            Count = Math.Max(Count, number + 1);
        }

        return new WriteAttempt(_ids.Id(number), number);
    }

    /// <summary>Notes that a write was acknowledged.</summary>
    /// <param name="number">Its number; <see cref="Sent"/> came before.</param>
    /// <param name="at">When the acknowledgement arrived.</param>
    /// <param name="by">The node that gave it, if known; up to 254 nodes are told apart.</param>
    public void Acknowledged(long number, TimeSpan at, string? by = null)
    {
        lock (_lock)
        {
            var block = _blocks[(int)(number >> BlockBits)];
            block.Acknowledged[number & (BlockSize - 1)] = at.Ticks + 1;
            block.Node[number & (BlockSize - 1)] = NodeIndex(by);
        }
    }

    /// <summary>When a write was sent, whether and when it was acknowledged, and by whom.</summary>
    /// <param name="number">Its number, below <see cref="Count"/>.</param>
    /// <returns>The entry; its <c>Sent</c> is null for a number that was skipped.</returns>
    public WriteLogEntry this[long number]
    {
        get
        {
            var block = _blocks[(int)(number >> BlockBits)];
            var index = number & (BlockSize - 1);
            var node = block.Node[index];
            return new WriteLogEntry(Time(block.Sent[index]), Time(block.Acknowledged[index]), node == 0 ? null : _nodes[node - 1]);
        }
    }

    // Stored times are ticks + 1, so that 0 means never.
    private static TimeSpan? Time(long stored) => stored == 0 ? null : TimeSpan.FromTicks(stored - 1);

    private byte NodeIndex(string? node)
    {
        if (node is null)
        {
            return 0;
        }

        // Nodes beyond those that a byte tells apart stay nameless: index -1 gives 0.
        var index = _nodes.IndexOf(node);
        if (index < 0 && _nodes.Count < byte.MaxValue - 1)
        {
            index = _nodes.Count;
            _nodes.Add(node);
        }

        return (byte)(index + 1);
    }

    private sealed class Block
    {
        public long[] Sent { get; } = new long[BlockSize];

        public long[] Acknowledged { get; } = new long[BlockSize];

        public byte[] Node { get; } = new byte[BlockSize];
    }
}
