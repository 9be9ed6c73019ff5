namespace ChaosHarness.Histories;

/// <summary>
/// Operations of one source, in columns. Readers take no lock: a completion is published by writing its time last, and what is later than
/// a reader's prefix is still open to it.
/// </summary>
/// <param name="start">When the first of them is due, in ticks.</param>
/// <param name="before">The chunk before it, of whose kind the operations will be; null when it is the first.</param>
internal sealed class Chunk(long start, Chunk? before)
{
    public const int Bits = 12;
    public const int Size = 1 << Bits;
    private const int VerdictBits = 3;

    // A NaN that no calculation yields stands for no value.
    private static readonly double NoValue = BitConverter.UInt64BitsToDouble(0x7FF8_C0DE_0000_0001);

    private readonly ushort[] _seen = new ushort[Size];
    private TimeColumn _due = new(start);
    private TimeColumn _entered = new(start);
    private TimeColumn _invoked = new(start);
    private TimeColumn _completed = new(start);
    private ushort[]? _nodes = before?._nodes is null ? null : new ushort[Size];
    private long[]? _numbers = before?._numbers is null ? null : Filled(long.MinValue);
    private StoredId[]? _ids = before?._ids is null ? null : new StoredId[Size];
    private double[]? _values = before?._values is null ? null : Filled(NoValue);
    private byte[]? _copies;
    private ChunkSummary? _summary;
    private long _lastBegun = long.MinValue;
    private long _lastCompleted = long.MinValue;
    private int _good;
    private int _bad;

    /// <summary>When the last of them was due or sent, whichever is later; <see cref="long.MinValue"/> when there is none.</summary>
    public long LastBegun => Volatile.Read(ref _lastBegun);

    /// <summary>When the last answer came; <see cref="long.MinValue"/> when none has.</summary>
    public long LastCompleted => Volatile.Read(ref _lastCompleted);

    /// <summary>
    /// What is complete of it comes to, for when every operation that fits into it is there; null while that changes. A chunk in which some
    /// operations hang is summed up once, and again only when one of them has come to its end.
    /// </summary>
    public ChunkSummary? Summary
    {
        get
        {
            var complete = Completions;
            var summary = Volatile.Read(ref _summary);
            if (summary?.Complete == complete)
            {
                return summary;
            }

            // As many before and after as were found: none came to its end meanwhile, so that the summary is of these and no others.
            summary = ChunkSummary.Of(this);
            if (summary.Complete != complete || Completions != complete)
            {
                return null;
            }

            Volatile.Write(ref _summary, summary);
            return summary;
        }
    }

    private int Completions => Volatile.Read(ref _good) + Volatile.Read(ref _bad);

    public long Due(int index) => _due[index];

    public long Entered(int index) => _entered[index];

    /// <summary>When it was sent, or <see cref="long.MaxValue"/>.</summary>
    public long Invoked(int index) => _invoked[index];

    /// <summary>When its answer came, or <see cref="long.MaxValue"/>.</summary>
    public long Completed(int index) => _completed[index];

    public OperationVerdict Verdict(int index) => (OperationVerdict)(_seen[index] & ((1 << VerdictBits) - 1));

    /// <summary>The number of the text of what was seen.</summary>
    public int Detail(int index) => _seen[index] >> VerdictBits;

    /// <summary>The number of the name of who answered.</summary>
    public int Node(int index) => _nodes?[index] ?? 0;

    public StoredId? Id(int index)
    {
        if (_numbers is { } numbers && numbers[index] != long.MinValue)
        {
            return numbers[index];
        }

        return _ids is { } ids && !ids[index].IsNone ? ids[index] : default(StoredId?);
    }

    public double? Value(int index) => _values is { } values && !IsNoValue(values[index]) ? values[index] : null;

    public int Copies(int index) => _copies?[index] ?? 0;

    /// <summary>Counts what is complete, where none of it is later than a prefix.</summary>
    /// <param name="until">The end of the prefix.</param>
    /// <returns>The counts; null when some of it is later.</returns>
    public ChunkTally? CompleteBy(long until)
    {
        // In the reverse order of writing: a count that holds a later answer comes with the time of that answer.
        var tally = new ChunkTally(Volatile.Read(ref _good), Volatile.Read(ref _bad));
        return LastCompleted <= until ? tally : null;
    }

    public void Enter(int index, long due, long entered)
    {
        Volatile.Write(ref _lastBegun, Math.Max(_lastBegun, due));
        _due.Set(index, due);
        _entered.Set(index, Math.Max(entered, due));
    }

    /// <returns>Whether it waited to be sent until then.</returns>
    public bool Invoke(int index, long at)
    {
        // What is complete stays as it is: a summary may have been made of it.
        if (_invoked[index] != long.MaxValue || _completed[index] != long.MaxValue)
        {
            return false;
        }

        var sent = Math.Max(at, _due[index]);
        Volatile.Write(ref _lastBegun, Math.Max(_lastBegun, sent));
        _invoked.Set(index, sent);
        return true;
    }

    /// <returns>Whether it was open until then.</returns>
    public bool Complete(int index, long at, OperationVerdict verdict, int detail, int node, StoredId? id, double? value)
    {
        if (_completed[index] != long.MaxValue)
        {
            return false;
        }

        _seen[index] = (ushort)((detail << VerdictBits) | (int)verdict);
        if (node != 0)
        {
            (_nodes ??= new ushort[Size])[index] = (ushort)node;
        }

        if (id is { } stored)
        {
            SetId(index, stored);
        }

        if (value is { } number)
        {
            (_values ??= Filled(NoValue))[index] = double.IsNaN(number) ? double.NaN : number;
        }

        var sent = _invoked[index];
        var completed = Math.Max(at, sent == long.MaxValue ? _due[index] : sent);
        _completed.Set(index, completed);
        Volatile.Write(ref _lastCompleted, Math.Max(_lastCompleted, completed));
        if (verdict == OperationVerdict.Good)
        {
            Volatile.Write(ref _good, _good + 1);
        }
        else
        {
            Volatile.Write(ref _bad, _bad + 1);
        }

        return true;
    }

    public void Hold(int index)
    {
        var copies = _copies ??= new byte[Size];
        if (copies[index] < byte.MaxValue)
        {
            copies[index]++;
        }
    }

    private static bool IsNoValue(double value) => BitConverter.DoubleToUInt64Bits(value) == BitConverter.DoubleToUInt64Bits(NoValue);

    private static T[] Filled<T>(T value)
    {
        var column = new T[Size];
        Array.Fill(column, value);
        return column;
    }

    private void SetId(int index, StoredId id)
    {
        if (id.Number is { } number and not long.MinValue)
        {
            (_numbers ??= Filled(long.MinValue))[index] = number;
        }
        else
        {
            (_ids ??= new StoredId[Size])[index] = id;
        }
    }
}
