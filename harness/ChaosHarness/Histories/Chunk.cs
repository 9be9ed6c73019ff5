namespace ChaosHarness.Histories;

/// <summary>
/// Operations of one source in columns: times as offsets from when each was due, in ticks. Readers take no lock: a completion is
/// published by writing its time last, and what is later than a reader's prefix is still open to it.
/// </summary>
internal sealed class Chunk
{
    public const int Bits = 12;
    public const int Size = 1 << Bits;
    public const uint None = uint.MaxValue;

    private readonly long[] _due = new long[Size];
    private readonly uint[] _entered = new uint[Size];
    private readonly uint[] _invoked = new uint[Size];
    private readonly uint[] _completed = new uint[Size];
    private readonly ushort[] _detail = new ushort[Size];
    private readonly byte[] _verdict = new byte[Size];
    private readonly byte[] _node = new byte[Size];
    private long[]? _numbers;
    private StoredId?[]? _ids;
    private double[]? _values;
    private byte[]? _copies;
    private ChunkSummary? _summary;
    private int _open = Size;

    /// <summary>Whether every operation that fits into it is there and complete: then nothing of it changes any more.</summary>
    public bool IsFrozen => Volatile.Read(ref _open) == 0;

    /// <summary>What all of it comes to; null while it may still change.</summary>
    public ChunkSummary? Summary
    {
        get
        {
            if (_summary is null && IsFrozen)
            {
                _summary = ChunkSummary.Of(this);
            }

            return _summary;
        }
    }

    public long Due(int index) => _due[index];

    public long Entered(int index) => _due[index] + _entered[index];

    /// <summary>When it was sent, or <see cref="long.MaxValue"/>.</summary>
    public long Invoked(int index) => Volatile.Read(ref _invoked[index]) is not None and var offset ? _due[index] + offset : long.MaxValue;

    /// <summary>When its answer came, or <see cref="long.MaxValue"/>.</summary>
    public long Completed(int index) => Volatile.Read(ref _completed[index]) is not None and var offset ? _due[index] + offset : long.MaxValue;

    public OperationVerdict Verdict(int index) => (OperationVerdict)_verdict[index];

    public ushort Detail(int index) => _detail[index];

    public byte Node(int index) => _node[index];

    public StoredId? Id(int index) =>
        _numbers is { } numbers && numbers[index] != long.MinValue ? (StoredId)numbers[index] : _ids?[index];

    public double? Value(int index) => _values is { } values && !double.IsNaN(values[index]) ? values[index] : null;

    public byte Copies(int index) => _copies?[index] ?? 0;

    public void Enter(int index, long due, long entered)
    {
        _due[index] = due;
        _entered[index] = Offset(due, entered);
        _invoked[index] = None;
        _completed[index] = None;
    }

    public void Invoke(int index, long at) => Volatile.Write(ref _invoked[index], Offset(_due[index], at));

    /// <returns>Whether it was open until then.</returns>
    public bool Complete(int index, long at, OperationVerdict verdict, ushort detail, byte node, StoredId? id, double? value)
    {
        if (_completed[index] != None)
        {
            return false;
        }

        _verdict[index] = (byte)verdict;
        _detail[index] = detail;
        _node[index] = node;
        SetId(index, id);
        if (value is { } number)
        {
            (_values ??= Filled(double.NaN))[index] = number;
        }

        Volatile.Write(ref _completed[index], Offset(_due[index], at));
        Volatile.Write(ref _open, _open - 1);
        return true;
    }

    public void Hold(int index)
    {
        _copies ??= new byte[Size];
        if (_copies[index] < byte.MaxValue)
        {
            _copies[index]++;
        }
    }

    private static T[] Filled<T>(T value)
    {
        var column = new T[Size];
        Array.Fill(column, value);
        return column;
    }

    // Longer than seven minutes does not fit: it is then the longest that does, later than any time-out.
    private static uint Offset(long due, long at) => (uint)Math.Clamp(at - due, 0, None - 1);

    private void SetId(int index, StoredId? id)
    {
        if (id is not { } stored)
        {
            return;
        }

        if (stored.Number is { } number and not long.MinValue)
        {
            (_numbers ??= Filled(long.MinValue))[index] = number;
        }
        else
        {
            (_ids ??= new StoredId?[Size])[index] = stored;
        }
    }
}
