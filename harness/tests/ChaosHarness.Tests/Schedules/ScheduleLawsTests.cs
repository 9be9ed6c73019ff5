using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Faults;
using CsCheck;

namespace ChaosHarness.Tests.Schedules;

/// <summary>What holds of every schedule, however it is composed, and of every moment at which it is ended.</summary>
public sealed class ScheduleLawsTests
{
    private const int Schedules = 30;
    private static readonly Gen<int> AnyMoment = Gen.Int[0, 60].Select(twentieths => (twentieths * 50) + 25);

    [Test]
    public Task Everything_happens_at_its_time_and_in_its_order_and_it_is_over_then() => SampleAsync(Gen.Const(0), async (play, _) =>
    {
        await play.PassToAsync(play.Last + 500);

        Assert.That(play.Log, Is.EquivalentTo(play.Score.All));
        var places = play.Log.Index().ToDictionary(entry => (entry.Item.Call, entry.Item.Turn), entry => entry.Index);
        foreach (var (earlier, later) in play.Score.Orders())
        {
            Assert.That(places[(earlier.Call, earlier.Turn)], Is.LessThan(places[(later.Call, later.Turn)]), $"{earlier} before {later}");
        }

        await Play.WaitAsync(() => play.Over is null || play.Running.IsCompleted);
        Assert.That(play.Running.IsCompletedSuccessfully, Is.EqualTo(play.Over is not null));
        Assert.That(play.Run.AllStruck.IsCompleted, Is.EqualTo(play.Over is not null || play.Missed(int.MaxValue).Count == 0));
    });

    [Test]
    public Task It_is_over_no_sooner_than_the_last_of_it() => SampleAsync(Gen.Const(0), async (play, _) =>
    {
        if (play.Over is > 0 and var over)
        {
            await play.PassToAsync(over - 2);
            Assert.That(play.Running.IsCompleted, Is.False);
        }
    });

    [Test]
    public Task Every_strike_has_a_window_of_its_own_within_what_was_planned_for_it() => SampleAsync(Gen.Const(0), async (play, _) =>
    {
        await play.PassToAsync(play.Last + 500);
        var windows = play.Place.Windows;

        Assert.That(windows.Select(window => window.Name), Is.Unique);
        foreach (var ofOne in windows.GroupBy(window => window.Targets.Single()))
        {
            var struck = play.Log.Where(happening => happening.Call == "+" + ofOne.Key).Select(happening => happening.At).ToList();
            var undone = play.Log.Where(happening => happening.Call == "-" + ofOne.Key).Select(happening => happening.At).ToList();
            var ended = ofOne.Where(window => window.Reverted is not null).ToList();
            Assert.That(ofOne.Select(window => Play.Ms(window.Planned.Start)), Is.EqualTo(struck));
            Assert.That(ofOne.Select(window => Play.Ms(window.Injected!.Value.Start)), Is.EqualTo(struck));
            Assert.That(ended.Select(window => Play.Ms(window.Reverted!.Value.Start)), Is.EqualTo(undone));
            Assert.That(ended.Select(window => Play.Ms(window.Planned.End - window.Reverted!.Value.Start)), Has.All.Not.Negative, "it was not to end before it did");
        }
    });

    [Test]
    public Task Whenever_it_is_stopped_what_never_struck_is_told_and_never_does() => SampleAsync(AnyMoment, async (play, moment) =>
    {
        await play.PassToAsync(moment);
        var missed = play.Run.Stop();
        await play.Running;

        Assert.That(missed.Select(line => line[..line.LastIndexOf(": ", StringComparison.Ordinal)]), Is.EquivalentTo(play.Missed(moment)));
        await play.PassOnAsync(play.Last + 500);
        Assert.That(play.Log, Is.EquivalentTo(play.Score.All.Where(happening => happening.At <= moment)));
    });

    [Test]
    public Task Whenever_it_is_halted_every_fault_is_undone_once_and_nothing_strikes_any_more() => SampleAsync(AnyMoment, async (play, moment) =>
    {
        await play.PassToAsync(moment);
        var before = play.Log;
        play.Place.Lever.Halt("enough");
        var inForce = before.Where(happening => happening.Call[0] == '+').Select(happening => "-" + happening.Call[1..]).ToList();
        foreach (var undone in before.Where(happening => happening.Call[0] == '-'))
        {
            inForce.Remove(undone.Call);
        }

        await Play.WaitAsync(() => play.Running.IsCompleted && play.Place.Injection.Faults.All(fault => fault.IsUndone));
        await play.PassOnAsync(play.Last + 500);
        Assert.That(play.Log.Skip(before.Count).Select(happening => happening.Call), Is.EquivalentTo(inForce));
        Assert.That(play.Place.Injection.Faults.Select(fault => fault.IsUndone), Has.All.True);
        Assert.That(play.Running.IsCompleted, Is.True);
    });

    private static Task SampleAsync(Gen<int> moment, Func<Play, int, Task> check) => Gen.Select(RandomSchedule.Any, moment).SampleAsync(
        async (schedule, at) =>
        {
            await using var play = new Play(schedule);
            if (!play.Score.IsUndecided)
            {
                await check(play, at);
            }
        },
        iter: Schedules,
        threads: 1);

    /// <summary>A run of a schedule, and what it is to do. The clock stands still wherever anything is to happen, until it has.</summary>
    private sealed class Play : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private readonly ConcurrentQueue<(string Call, int At)> _log = new();
        private readonly CountingTime _time = new();
        private readonly RandomSchedule _schedule;
        private readonly List<int> _stops;
        private int _now = -1;

        public Play(RandomSchedule schedule)
        {
            _schedule = schedule;
            Place = new InjectionPlace(_time);
            Over = schedule.Play(Score, 0);
            _stops =
            [
                .. schedule.Signals.Select(signal => signal.At)
                    .Concat(Score.Waits.Select(wait => wait.To))
                    .Concat(Score.All.Select(happening => happening.At))
                    .Append(0)
                    .Distinct()
                    .Order(),
            ];
            Run = new ScheduleRun(schedule.Make(Fault, Note), Place.Clock, Place.History, Place.Injection, new CallLimits());
            Running = Run.RunAsync(Place.Lever.Token);
        }

        public InjectionPlace Place { get; }

        public Score Score { get; } = new();

        public ScheduleRun Run { get; }

        public Task Running { get; }

        /// <summary>When it is to be over; null for never.</summary>
        public int? Over { get; }

        /// <summary>When the last of it is to happen.</summary>
        public int Last => _stops[^1];

        public IReadOnlyList<Score.Happening> Log
        {
            get
            {
                var turns = new Dictionary<string, int>();
                return [.. _log.Select(entry => new Score.Happening(entry.Call, turns[entry.Call] = turns.GetValueOrDefault(entry.Call) + 1, entry.At))];
            }
        }

        public static int Ms(TimeSpan time) => (int)Math.Round(time.TotalMilliseconds);

        /// <summary>Waits for what is to come. What does not come is for the test to see.</summary>
        public static async Task WaitAsync(Func<bool> has)
        {
            for (var watch = Stopwatch.StartNew(); !has() && watch.Elapsed < Patience;)
            {
                await Task.Run(static () => Thread.Sleep(0));
            }

            // What follows from it at once.
            for (var turn = 0; turn < 5; turn++)
            {
                await Task.Run(static () => Thread.Sleep(0));
            }
        }

        /// <summary>What is to be told of it when it is stopped: what has struck less often by then than it was to.</summary>
        public IReadOnlyList<string> Missed(int by)
        {
            var came = Score.Came.Where(entry => entry.At <= by).Select(entry => entry.Step).ToList();
            return
            [
                .. _schedule.Strikes.Concat(came.OfType<RandomSchedule.Follows>().SelectMany(step => step.What.Strikes))
                    .CountBy(step => step)
                    .Select(wanted => (Step: wanted.Key, Wanted: wanted.Value, Struck: came.Count(step => step.Equals(wanted.Key))))
                    .Where(step => step.Struck < step.Wanted)
                    .Select(step => string.Create(CultureInfo.InvariantCulture, $"'{step.Step.Description}' {(step.Struck == 0 ? "never struck" : $"struck {step.Struck} of {step.Wanted} times")}")),
            ];
        }

        /// <summary>Lets time pass, and at every stop what is to happen then.</summary>
        public async Task PassToAsync(int end)
        {
            foreach (var stop in _stops.Append(end).Where(stop => stop > _now && stop <= end).Distinct().Order().ToList())
            {
                Advance(stop);
                foreach (var (text, _) in _schedule.Signals.Where(signal => signal.At == stop))
                {
                    Place.History.Add(new SignalEvent("agent", SignalKind.Noted, text, Place.Clock.Now, Place.Clock.Now));
                }

                var happened = Score.All.Where(happening => happening.At <= stop).ToList();
                var waits = Score.Waits.Where(wait => wait.From <= stop && wait.To > stop).CountBy(wait => wait.To).ToList();
                var came = Score.Came.Count(entry => entry.At <= stop);
                await WaitAsync(() => IsNoted(happened) && Run.StruckTimes >= came && waits.TrueForAll(wait => _time.DueAt(TimeSpan.FromMilliseconds(wait.Key)) >= wait.Value));
            }
        }

        private bool IsNoted(List<Score.Happening> happened)
        {
            var history = Place.History.LookAtAll();
            return history.Faults.Count(fault => fault.Injected is not null) >= happened.Count(happening => happening.Call[0] == '+')
                && history.Faults.Count(fault => fault.Reverted is not null) >= happened.Count(happening => happening.Call[0] == '-')
                && history.Marks.Count(mark => mark.Detail == "done") >= happened.Count(happening => happening.Call[0] == 'd')
                && _log.Count >= happened.Count;
        }

        /// <summary>Lets time pass, though nothing is to happen.</summary>
        public async Task PassOnAsync(int end)
        {
            while (_now < end)
            {
                Advance(Math.Min(_now + 100, end));
                await WaitAsync(static () => true);
            }
        }

        public async ValueTask DisposeAsync()
        {
            Run.Stop();
            Run.Dispose();
            await Place.Injection.RevertAllAsync().WaitAsync(Patience);
            await Place.DisposeAsync();
            await Running.ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        private void Advance(int to)
        {
            _time.Advance(TimeSpan.FromMilliseconds(to - Math.Max(_now, 0)));
            _now = to;
        }

        private TestFault Fault(string name) => new("break " + name, name) { Apply = _ => Note("+" + name), Revert = _ => Note("-" + name) };

        private ValueTask Note(string call)
        {
            _log.Enqueue((call, Ms(Place.Clock.Now)));
            return ValueTask.CompletedTask;
        }
    }
}
