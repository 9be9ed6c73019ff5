using ChaosHarness.Histories;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Histories;

/// <summary>A run drawn at random, written into a history and into plain lists alike.</summary>
internal sealed class RandomRun
{
    private static readonly StoredId[] s_ids = [7L, long.MinValue, -1L, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), "order-17", ""];
    private static readonly string?[] s_details = ["HTTP 503", "refused", null];
    private static readonly string?[] s_nodes = ["db-a", "db-b", null];
    private readonly FakeTimeProvider _time = new();
    private readonly Random _random;
    private readonly RunClock _clock;
    private readonly OperationWriter _orders;
    private readonly List<int> _open = [];
    private readonly TimeSpan _step;
    private readonly double _answered;
    private long _looked = -1;

    public RandomRun(int seed, int operations)
    {
        _random = new Random(seed);
        // From a few milliseconds between requests to several seconds; from a system that is well to one that mostly hangs.
        _step = TimeSpan.FromMilliseconds(Math.Pow(10, _random.NextDouble() * 3.5));
        _answered = _random.Next(4) switch { 0 => 0.2, 1 => 0.9, 2 => 0.999, _ => 1.1 };
        _clock = new RunClock(_time);
        Writer = new HistoryWriter(_clock);
        var settings = new SourceSettings("orders", TimeSpan.FromSeconds(30), _random.Next(3) == 0 ? TimeSpan.FromSeconds(2) : null);
        _orders = Writer.Source(settings);
        Plain = new PlainSource(settings);
        while (Plain.Operations.Count < operations)
        {
            _time.Advance(_step * (_random.NextDouble() * 2));
            Go();
        }

        _time.Advance(_step);
        ReadBack();
        Whole = Look();
    }

    public HistoryWriter Writer { get; }

    public PlainSource Plain { get; }

    public History Whole { get; }

    /// <summary>Looks that were taken on the way, with what they saw then.</summary>
    public List<(History Look, Picture Saw)> Looks { get; } = [];

    /// <summary>A time in the run, of those at which something may change.</summary>
    public TimeSpan AnyTime() => _random.Next(4) switch
    {
        0 => new TimeSpan((long)(_random.NextDouble() * Whole.Until.Ticks)),
        1 => new TimeSpan(Any().Due),
        2 => new TimeSpan(Any().Completed ?? Any().Entered),
        _ => Looks.Count == 0 ? Whole.Until : Looks[_random.Next(Looks.Count)].Look.Until,
    };

    public int AnyIndex() => _random.Next(-2, Plain.Operations.Count + 2);

    private PlainOperation Any() => Plain.Operations[_random.Next(Plain.Operations.Count)];

    // Now, or noted a little late.
    private TimeSpan Noted() => _clock.Now - (_random.Next(3) == 0 ? _step * (_random.NextDouble() * 3) : TimeSpan.Zero);

    private void Go()
    {
        Enter(Math.Max(Noted().Ticks, Plain.Operations.Count == 0 ? 0 : Plain.Operations[^1].Due));
        for (var answers = _random.Next(3); answers > 0 && _open.Count > 0; answers--)
        {
            // Mostly in the order in which they were sent; some hang for long.
            var which = _random.Next(5) == 0 ? _random.Next(_open.Count) : _open.Count - 1;
            var number = _open[which];
            _open.RemoveAt(which);
            if (_random.NextDouble() < _answered)
            {
                Complete(number);
            }
        }

        if (_random.Next(Looks.Count == 0 ? 200 : 4_000) == 0)
        {
            var look = Look();
            Looks.Add((look, Picture.Of(look)));
        }
    }

    private void Enter(long due)
    {
        var number = (int)_orders.Enter(new TimeSpan(due));
        var plain = new PlainOperation { Due = due, Entered = After(due) };
        Plain.Operations.Add(plain);
        _open.Add(number);
        if (_random.Next(20) > 0)
        {
            var at = Noted();
            _orders.Invoke(number, at);
            plain.Invoked = Math.Max(After(at.Ticks), due);
        }
    }

    private void Complete(int number)
    {
        var plain = Plain.Operations[number];
        var at = Noted();
        var verdict = _random.Next(10) switch { 0 => OperationVerdict.Error, 1 => OperationVerdict.Slow, 2 => OperationVerdict.NotSent, _ => OperationVerdict.Good };
        var detail = verdict == OperationVerdict.Good ? null : s_details[_random.Next(s_details.Length)];
        var node = s_nodes[_random.Next(s_nodes.Length)];
        StoredId? id = _random.Next(3) == 0 ? s_ids[_random.Next(s_ids.Length)] : default(StoredId?);
        double? value = _random.Next(5) switch { 0 => double.NaN, 1 => 0, 2 => -_random.NextDouble(), _ => null };
        _orders.Complete(number, at, verdict, detail, node, id, value);
        if (verdict != OperationVerdict.NotSent)
        {
            plain.Invoked ??= After(plain.Due);
        }

        plain.Completed = Math.Max(After(at.Ticks), plain.Invoked ?? plain.Due);
        (plain.Verdict, plain.Detail, plain.Node, plain.Id, plain.Value) = (verdict, detail, node, id, value);
        if (_random.Next(10) == 0)
        {
            // What comes twice changes nothing.
            _orders.Complete(number, _clock.Now, OperationVerdict.Error, "again", "db-c", 8L, 1);
            _orders.Invoke(number, _clock.Now);
        }
    }

    private void ReadBack()
    {
        for (var index = 0; index < Plain.Operations.Count; index++)
        {
            var copies = _random.Next(10) switch { 0 => 0, 1 => 2, _ => 1 };
            Plain.Operations[index].Copies = copies;
            for (var copy = 0; copy < copies; copy++)
            {
                _orders.Hold(index);
            }
        }

        var readBack = new ReadBack(_clock.Now, _random.Next(4) == 0 ? "refused" : null);
        _orders.EndReadBack(readBack);
        Plain.ReadBack = readBack with { At = new TimeSpan(After(readBack.At.Ticks)) };
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    private History Look()
    {
        var look = Writer.Look();
        _looked = look.Until.Ticks;
        return look;
    }

    private long After(long ticks) => Math.Max(ticks, _looked + 1);
}
