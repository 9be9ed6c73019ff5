using System.Collections;

namespace ChaosHarness.Histories;

/// <summary>The first so many entries of a list that grows only behind them.</summary>
internal sealed class Prefix<T>((long At, T Entry)[] entries, int count) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return entries[index].Entry;
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
        {
            yield return entries[index].Entry;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
