namespace ChaosHarness.Histories;

/// <summary>
/// Entries with the time from which on they are known, in that order. Used under the lock of the history; what it hands out is read without
/// it, and never changes: an entry is only added behind all that anybody was handed.
/// </summary>
internal sealed class Stamped<T>
{
    private (long At, T Entry)[] _entries = new (long, T)[16];
    private int _count;

    /// <summary>Adds an entry.</summary>
    /// <param name="at">From when on it is known; later than any prefix that was handed out.</param>
    /// <param name="entry">The entry.</param>
    public void Add(long at, T entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        var index = _count;
        for (; index > 0 && _entries[index - 1].At > at; index--)
        {
            _entries[index] = _entries[index - 1];
        }

        _entries[index] = (at, entry);
        _count++;
    }

    /// <summary>What is known at a time.</summary>
    public IReadOnlyList<T> By(long until)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _entries[middle].At > until ? (low, middle) : (middle + 1, high);
        }

        return new Prefix<T>(_entries, low);
    }
}
