namespace ChaosHarness.Histories;

/// <summary>Entries with the time from which on they are known, in that order.</summary>
internal sealed class Stamped<T>
{
    private readonly List<(long At, T Entry)> _entries = [];

    public void Add(long at, T entry) => _entries.Add((_entries is [.., var last] ? Math.Max(at, last.At) : at, entry));

    public IReadOnlyList<T> By(long until) => [.. _entries.TakeWhile(entry => entry.At <= until).Select(entry => entry.Entry)];
}
