namespace ChaosHarness.Probes;

/// <summary>What one open loop saw, in the order of its schedule. Safe for many writers.</summary>
internal sealed class ObservationLog(string source)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Observation> _outOfOrder = [];
    private readonly List<Observation> _inOrder = [];

    public string Source { get; } = source;

    public void Add(Observation observation)
    {
        lock (_lock)
        {
            _outOfOrder.Add(observation.Number, observation);
            while (_outOfOrder.Remove(_inOrder.Count, out var next))
            {
                _inOrder.Add(next);
            }
        }
    }

    /// <summary>
    /// The observations up to the first that is still under way. Those after it are left out: until it is known to be good,
    /// nothing behind it can be called a recovery.
    /// </summary>
    public IReadOnlyList<Observation> Settled()
    {
        lock (_lock)
        {
            return _inOrder.ToArray();
        }
    }

    /// <summary>The settled observations due at or after <paramref name="from"/>.</summary>
    public IReadOnlyList<Observation> SettledSince(TimeSpan from)
    {
        lock (_lock)
        {
            var first = _inOrder.Count;
            while (first > 0 && _inOrder[first - 1].Due >= from)
            {
                first--;
            }

            return _inOrder.GetRange(first, _inOrder.Count - first);
        }
    }

    /// <summary>Whether any observation, settled or not, is of a kind.</summary>
    public bool Any(Predicate<Observation> kind)
    {
        lock (_lock)
        {
            return _inOrder.Exists(kind) || _outOfOrder.Values.Any(observation => kind(observation));
        }
    }
}
