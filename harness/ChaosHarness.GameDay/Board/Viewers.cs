using ChaosHarness.People;

namespace ChaosHarness.GameDay.Board;

/// <summary>Who looks on. That a person who said who they are comes or leaves is told to the runs, once however many windows they have.</summary>
/// <param name="tell">Tells the runs.</param>
internal sealed class Viewers(Action<PersonAct> tell)
{
    // A reload is no leaving.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyList<string> People
    {
        get
        {
            lock (_lock)
            {
                return [.. _named.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public void Come(string? name)
    {
        Interlocked.Increment(ref _count);
        if (name is null)
        {
            return;
        }

        lock (_lock)
        {
            _named[name] = _named.GetValueOrDefault(name) + 1;
            if (_named[name] > 1)
            {
                return;
            }
        }

        tell(new PersonAct(PersonActKind.Came, name));
    }

    public async Task LeaveAsync(string? name)
    {
        Interlocked.Decrement(ref _count);
        if (name is null)
        {
            return;
        }

        await Task.Delay(Grace).ConfigureAwait(false);
        lock (_lock)
        {
            if (--_named[name] > 0)
            {
                return;
            }

            _named.Remove(name);
        }

        tell(new PersonAct(PersonActKind.Left, name));
    }
}
