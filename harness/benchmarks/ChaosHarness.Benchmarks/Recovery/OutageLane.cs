using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>One server that is switched off and on, one probe that looks at it, and one history of both.</summary>
internal sealed class OutageLane
{
    private static readonly RecoveryChecker Checker = new();
    private readonly RunClock _clock = new(TimeProvider.System);
    private readonly OutageSettings _settings;
    private readonly SwitchableTarget _target;
    private readonly HistoryWriter _history;
    private readonly Random _random;

    private OutageLane(OutageSettings settings, SwitchableTarget target, Random random)
    {
        (_settings, _target, _random) = (settings, target, random);
        _history = new HistoryWriter(_clock) { Signal = "target", Stability = new Stability(10, TimeSpan.FromMilliseconds(150)) };
    }

    public static async Task<(IReadOnlyList<MeasuredOutage> Outages, IReadOnlyList<Operation> Requests)> RunAsync(OutageSettings settings, int outages, int seed)
    {
        await using var target = await SwitchableTarget.StartAsync(settings.Service, settings.Holds);
        var lane = new OutageLane(settings, target, new Random(seed));
        var probe = new HttpProbe("target", target.Address) { Interval = settings.Interval, Timeout = TimeSpan.FromSeconds(4), SlowThreshold = settings.SlowThreshold };
        await using var client = ProbeClient.Of(probe, lane._clock, lane._history);
        client.Start();
        await Task.Delay(1_000);
        var measured = new List<MeasuredOutage>();
        for (var strike = 0; strike < outages; strike++)
        {
            // Evenly over the range, in an order that the probe's phase knows nothing of.
            var length = settings.Shortest + ((settings.Longest - settings.Shortest) * strike / Math.Max(1, outages - 1));
            measured.Add(await lane.OutageAsync(strike, length));
            await Task.Delay(lane._random.Next(20, 60));
        }

        return (measured, lane._history.Look().Of("target").ToList());
    }

    private async Task<MeasuredOutage> OutageAsync(int strike, TimeSpan length)
    {
        var down = Switch(isDown: true);
        _history.Add(new FaultWindow($"outage {strike}", ["target"], down, down, null, null) { Strike = strike });
        await Task.Delay(length + TimeSpan.FromMilliseconds(_random.NextDouble()));
        var up = Switch(isDown: false);
        for (var more = _random.Next(_settings.Most); more > 0; more--)
        {
            await Task.Delay(_random.Next(1, 30));
            var met = _target.Met;
            Switch(isDown: true);
            await Task.Delay(_random.Next(1, 100));
            var again = Switch(isDown: false);
            // One that no request met is part of no measurement.
            up = _target.Met > met ? again : up;
        }

        while (true)
        {
            await Task.Delay(20);
            if (Checker.Check(_history.Look()) is { Recovered: true } finding)
            {
                return new MeasuredOutage(down, up, finding);
            }
        }
    }

    private TimeWindow Switch(bool isDown)
    {
        var start = _clock.Now;
        _target.Switch(isDown);
        return new TimeWindow(start, _clock.Now);
    }
}
