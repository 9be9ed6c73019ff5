namespace ChaosHarness.Tests.Schedules;

/// <summary>What a schedule is to do when, in milliseconds, and what of it has to come before what.</summary>
internal sealed class Score
{
    private readonly List<Happening> _all = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(int First, int Then, int Over)> _orders = [];
    private readonly List<(RandomSchedule Step, int At)> _came = [];
    private readonly List<(int From, int To)> _waits = [];

    public int Count => _all.Count;

    public IReadOnlyList<Happening> All => _all;

    /// <summary>When each step struck that is counted, a signal that came included.</summary>
    public IReadOnlyList<(RandomSchedule Step, int At)> Came => _came;

    /// <summary>From when to when somebody waits for time to pass.</summary>
    public IReadOnlyList<(int From, int To)> Waits => _waits;

    /// <summary>Whether a signal is said in the very moment in which somebody begins to wait for it.</summary>
    public bool IsUndecided { get; set; }

    public void Strikes(RandomSchedule step, string fault, int at)
    {
        Comes(step, at);
        Add("+" + fault, at);
    }

    /// <summary>Somebody waits for so long.</summary>
    /// <returns>When that is over.</returns>
    public int Passes(int from, int time)
    {
        if (time > 0)
        {
            _waits.Add((from, from + time));
        }

        return from + time;
    }

    public void Acts(string what, int at) => Add(what, at);

    public void Comes(RandomSchedule step, int at) => _came.Add((step, at));

    /// <summary>All that struck since, and is in force, is undone.</summary>
    public void UndoesSince(int first, int at)
    {
        foreach (var struck in _all.Skip(first).Where(happening => happening.Call[0] == '+').ToList())
        {
            var undoing = "-" + struck.Call[1..];
            if (!_all.Exists(other => other.Call == undoing && other.Turn == struck.Turn))
            {
                Add(undoing, at);
            }
        }
    }

    /// <summary>What was added from one place to before another has to happen before what was added from there on.</summary>
    public void InOrder(int first, int then, int over) => _orders.Add((first, then, over));

    /// <summary>Pairs of what has to happen in this order, though it may be at the same moment.</summary>
    public IEnumerable<(Happening Earlier, Happening Later)> Orders() =>
        from order in _orders
        from earlier in _all[order.First..order.Then]
        from later in _all[order.Then..order.Over]
        select (earlier, later);

    private void Add(string call, int at)
    {
        var turn = _counts[call] = _counts.GetValueOrDefault(call) + 1;
        _all.Add(new Happening(call, turn, at));
    }

    /// <param name="Call">What the place of the injection notes of it: <c>+f1</c>, <c>-f1</c>, or an action.</param>
    /// <param name="Turn">Which of several such calls it is, from 1.</param>
    /// <param name="At">When.</param>
    internal readonly record struct Happening(string Call, int Turn, int At);
}
