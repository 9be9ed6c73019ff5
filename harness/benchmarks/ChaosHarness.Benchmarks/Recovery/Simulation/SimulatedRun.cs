using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Recovery.Simulation;

/// <summary>One simulated run: a system with known outages, and what an open loop saw of it.</summary>
internal sealed class SimulatedRun
{
    private const long Interval = 10 * TimeSpan.TicksPerMillisecond;
    private readonly Random _random;
    private readonly double _service;
    private readonly List<(Request Request, SimulatedAnswer Answer)> _seen = [];

    public SimulatedRun(Random random)
    {
        _random = random;
        _service = Interval * Between(0.1, 50);
        var timeout = (long)((_service * (4 + (12 * random.NextDouble()))) + (Interval * (1 + (49 * random.NextDouble()))));
        long? slow = random.Next(2) == 0 ? (long)(timeout * (0.4 + (0.5 * random.NextDouble()))) : null;
        var steady = Interval * random.Next(50, 400);
        var injecting = random.Next(2) == 0 ? 0 : (long)(Interval * 5 * random.NextDouble());
        Injection = new TimeWindow(new TimeSpan(steady), new TimeSpan(steady + injecting));
        Struck = steady + (long)(injecting * random.NextDouble());
        Outages = MakeOutages();
        Stability = new Stability(10, new TimeSpan((long)(Interval * 20 * random.NextDouble())));
        Settings = new RecoverySettings(slow is { } threshold ? new TimeSpan(threshold) : null, new TimeSpan(timeout), Stability, Injection, new TimeWindow(TimeSpan.Zero, Injection.Start));
        var touched = new[] { 0, 0.5, 1, Math.Pow(random.NextDouble(), 3), -1 }[random.Next(5)];
        var backlog = random.Next(2) == 0 ? 0 : (long)(_service * 0.2 * random.NextDouble());
        var system = new SimulatedSystem(random, Outages, timeout, slow, touched, backlog);
        // Long enough for what is open when the last outage ends to be answered, and for a stable run after that.
        Send(system, new ServiceTime(random, _service, 0.999 * Settings.Rule.Limit.Ticks), Outages[^1].End + timeout + (Interval * 60));
    }

    public TimeWindow Injection { get; }

    /// <summary>The true moment of the strike.</summary>
    public long Struck { get; }

    public IReadOnlyList<Outage> Outages { get; }

    public Stability Stability { get; }

    public RecoverySettings Settings { get; }

    public IReadOnlyList<(Request Request, SimulatedAnswer Answer)> Seen => _seen;

    public TimeSpan End { get; } = TimeSpan.FromHours(24);

    /// <summary>An interval and a median service time: what widths are told in.</summary>
    public double Scale => Interval + _service;

    public long LastSent => _seen[^1].Request.Sent.Ticks;

    /// <summary>What was known at a moment.</summary>
    public SimulatedRequests At(TimeSpan now) => new(_seen, now);

    private double Between(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());

    private Outage[] MakeOutages()
    {
        var kind = (OutageKind)_random.Next(6);
        var isMixed = kind != OutageKind.Freeze && _random.Next(4) == 0;
        var least = Math.Min(Interval, _service);
        var outages = new Outage[_random.Next(1, 6)];
        var at = Struck + (_random.Next(10) < 3 ? (long)(20 * Scale * _random.NextDouble()) : 0);
        for (var index = 0; index < outages.Length; index++)
        {
            var length = Math.Max(1, (long)Between(0.03 * least, Math.Max(100 * Interval, 5 * _service)));
            outages[index] = new Outage(at, at + length, isMixed ? (OutageKind)_random.Next(5) : kind);
            at += length + Math.Max(1, (long)Between(0.02 * least, Math.Max(10 * Interval, 2 * _service)));
        }

        return outages;
    }

    private void Send(SimulatedSystem system, ServiceTime service, long end)
    {
        var underWay = new PriorityQueue<int, long>();
        var cap = _random.Next(4) == 0 ? 1 + (int)Math.Ceiling(_service / Interval * (1 + (2 * _random.NextDouble()))) : int.MaxValue;
        foreach (var (due, sent) in Sendings(end))
        {
            while (underWay.TryPeek(out _, out var answered) && answered <= sent)
            {
                underWay.Dequeue();
            }

            if (underWay.Count >= cap)
            {
                var refused = new SimulatedAnswer(sent, OperationVerdict.NotSent, null, null);
                _seen.Add((new Request(new TimeSpan(due), new TimeSpan(sent), new TimeSpan(sent), OperationVerdict.NotSent), refused));
                continue;
            }

            var answer = system.Answer(due, sent, Math.Max(1, (long)service.Next()));
            _seen.Add((new Request(new TimeSpan(due), new TimeSpan(sent), new TimeSpan(answer.Completed), answer.Verdict), answer));
            if (cap < int.MaxValue)
            {
                underWay.Enqueue(0, answer.Completed);
            }
        }

        _seen.Sort((one, other) => one.Request.Due.CompareTo(other.Request.Due));
    }

    private IEnumerable<(long Due, long Sent)> Sendings(long end)
    {
        var sender = _random.Next(5);
        var jitter = sender switch { 2 => Interval / 2, 3 => 3 * Interval, _ => 0 };
        var sendings = new List<(long Due, long Sent)>();
        var stalledUntil = 0L;
        for (long due = _random.NextInt64(Interval); due < end; due += Interval)
        {
            if (sender == 4 && _random.Next(40) == 0)
            {
                stalledUntil = due + (long)(15 * Interval * _random.NextDouble());
            }

            sendings.Add((due, Math.Max(due + (jitter == 0 ? 0 : _random.NextInt64(jitter)), stalledUntil)));
        }

        return sendings.OrderBy(sending => sending.Sent);
    }
}
