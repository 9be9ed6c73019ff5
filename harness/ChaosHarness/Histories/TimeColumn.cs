namespace ChaosHarness.Histories;

/// <summary>
/// One time of each operation of a chunk, in ticks: 4 bytes each, as offsets from the start of the chunk. What is more than seven minutes
/// later takes 8 more, so that every time is exact. One thread writes at a time; readers take no lock.
/// </summary>
internal struct TimeColumn(long start)
{
    private const uint Far = uint.MaxValue;

    // One more than the offset, so that nothing noted is nothing written.
    private readonly uint[] _offsets = new uint[Chunk.Size];
    private long[]? _far;

    /// <summary>The time; <see cref="long.MaxValue"/> while none is noted.</summary>
    public readonly long this[int index]
    {
        get
        {
            var offset = Volatile.Read(ref _offsets[index]);
            return offset - 1 < Far - 1 ? start + (offset - 1) : offset == Far ? _far![index] : long.MaxValue;
        }
    }

    /// <summary>Notes a time, and with it publishes whatever was written before.</summary>
    public void Set(int index, long at)
    {
        var offset = at - start + 1;
        if (offset is > 0 and < Far)
        {
            Volatile.Write(ref _offsets[index], (uint)offset);
            return;
        }

        (_far ??= new long[Chunk.Size])[index] = at;
        Volatile.Write(ref _offsets[index], Far);
    }
}
