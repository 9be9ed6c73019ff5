namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// Of many (sent, known by) pairs those that no pair sent later was known as early as. Both times grow along it, so that the earliest
/// known of all that were sent from some time on is the first of it that was. Pairs come nearly in the order of sending, so adding is O(1).
/// </summary>
internal sealed class Frontier
{
    private const int Compacted = 1024;
    private readonly List<(TimeSpan Sent, TimeSpan Known)> _pairs = [];
    private int _first;

    public void Add(TimeSpan sent, TimeSpan known)
    {
        var after = _pairs.Count;
        while (after > _first && _pairs[after - 1].Sent >= sent)
        {
            after--;
        }

        if (after < _pairs.Count && _pairs[after].Known <= known)
        {
            return;
        }

        var before = after;
        while (before > _first && _pairs[before - 1].Known >= known)
        {
            before--;
        }

        if (after < _pairs.Count && _pairs[after].Sent == sent)
        {
            after++;
        }

        _pairs.RemoveRange(before, after - before);
        _pairs.Insert(before, (sent, known));
    }

    public bool TryFirst(out TimeSpan sent, out TimeSpan known)
    {
        (sent, known) = _first < _pairs.Count ? _pairs[_first] : default;
        return _first < _pairs.Count;
    }

    public void DropFirst()
    {
        _first++;
        if (_first >= Compacted && _first * 2 >= _pairs.Count)
        {
            _pairs.RemoveRange(0, _first);
            _first = 0;
        }
    }

    public void DropBefore(TimeSpan sentFrom)
    {
        while (_first < _pairs.Count && _pairs[_first].Sent < sentFrom)
        {
            DropFirst();
        }
    }
}
