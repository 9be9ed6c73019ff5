using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Histories;

/// <summary>What the record of a run costs: memory, writes, looks, and ten million writes reconciled.</summary>
internal static class HistoryFigures
{
    private const int Million = 1_000_000;
    private const int Writes = 10_000_000;
    private const int LostEvery = 1_000;
    private const int Looks = 300;
    private const int WarmUp = 100;
    private const int Loops = 20;
    private const int Writers = 4;
    private static readonly RecoveryChecker s_recovery = new();
    private static readonly Availability s_availability = new();
    private static readonly DetectionChecker s_detection = new();
    private static readonly PromotionChecker s_promotions = new();
    private static readonly TimeSpan s_writing = TimeSpan.FromSeconds(4);

    public static Task RunAsync()
    {
        // First, so that the peak of the process is its own.
        Reconcile();
        foreach (var (name, complete) in Kinds())
        {
            Figures.Print($"memory of a million operations, {name}", $"{MegabytesOf(complete)} MB", "at most 100 MB");
        }

        // The first looks of a process are taken while their code is still being compiled; that is a figure of its own.
        Look(Scenario.All[0] with { Name = $"{Scenario.All[0].Name}, code still being compiled" }, "reported");
        foreach (var scenario in Scenario.All)
        {
            Look(scenario, "median and p99 at most 5 ms");
        }

        Write(looking: false);
        Write(looking: true);
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Name, Action<OperationWriter, long, TimeSpan> Complete)> Kinds()
    {
        yield return ("plain", (source, number, at) => source.Complete(number, at, OperationVerdict.Good));
        yield return ("with numbers for ids and values", (source, number, at) => source.Complete(number, at, OperationVerdict.Good, null, "db-a", number, number));
        yield return ("with GUIDs for ids and values", (source, number, at) => source.Complete(number, at, OperationVerdict.Good, null, "db-a", Guid.NewGuid(), number));
        yield return ("each with a detail of its own", (source, number, at) => source.Complete(number, at, OperationVerdict.Error, string.Create(CultureInfo.InvariantCulture, $"request {number} failed")));
    }

    private static long MegabytesOf(Action<OperationWriter, long, TimeSpan> complete)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var writer = new HistoryWriter(new RunClock(TimeProvider.System));
        Fill(writer.Source(new SourceSettings("orders", TimeSpan.FromSeconds(5))), Million, complete);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(writer);
        return taken / 1_000_000;
    }

    private static void Fill(OperationWriter source, int count, Action<OperationWriter, long, TimeSpan> complete)
    {
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromTicks(i * 2_000L);
            var number = source.Enter(due);
            source.Invoke(number, due);
            complete(source, number, due + TimeSpan.FromMilliseconds(5));
        }
    }

    private static void Reconcile()
    {
        var start = Stopwatch.GetTimestamp();
        var time = new SetTime();
        var writer = new HistoryWriter(new RunClock(time));
        var source = writer.Source(new SourceSettings("orders", TimeSpan.FromSeconds(5)) { IsWorkload = true });
        Fill(source, Writes, static (source, number, at) => source.Complete(number, at, OperationVerdict.Good, null, "db-a", number));
        var written = Stopwatch.GetElapsedTime(start);
        for (long number = 0; number < Writes; number++)
        {
            if (number % LostEvery != 0)
            {
                source.Hold(number);
            }
        }

        time.Set(TimeSpan.FromTicks(Writes * 2_000L));
        source.EndReadBack(new ReadBack(TimeSpan.FromTicks(Writes * 2_000L), null));
        var held = Stopwatch.GetElapsedTime(start);
        var lost = writer.Look().Of("orders").Count(write => write is { IsGood: true, Copies: 0 });
        var all = Stopwatch.GetElapsedTime(start);
        Figures.Print("entering and completing 10 million writes", Figures.Milliseconds(written), "reported");
        Figures.Print("noting which the system holds", Figures.Milliseconds(held - written), "reported");
        Figures.Print("entering, completing and reconciling them", Figures.Milliseconds(all), "at most 10 s");
        Figures.Print("lost writes found", $"{lost} of {Writes / LostEvery}", "all");
        using var process = Process.GetCurrentProcess();
        Figures.Print("memory of the whole process, at its peak", $"{process.PeakWorkingSet64 / 1_000_000} MB", "at most 400 MB");
        GC.KeepAlive(writer);
    }

    private static void Look(Scenario scenario, string objective)
    {
        var run = new SimulatedRun(scenario);
        var looks = new Dictionary<string, List<TimeSpan>>();
        for (var look = -WarmUp; look < Looks; look++)
        {
            run.Go(SimulatedRun.PerSecond / 20);
            // What the simulation leaves in no time comes over 50 ms in a run, and is not the look's to collect.
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            var start = Stopwatch.GetTimestamp();
            var history = run.Writer.Look();
            var orders = history.Of(SimulatedRun.Workload);
            var frontPage = history.Of(SimulatedRun.Probe);
            Time("overdue after", () => _ = (orders.OverdueAfter, frontPage.OverdueAfter));
            Time("tally of 10 s", () => orders.TallyOf(Last(history, 10)));
            Time("tally since injection", () => orders.TallyOf(new TimeWindow(history.FirstStrike!.Value.Start, history.Until)));
            Time("tally of a probe's 2 s", () => frontPage.TallyOf(Last(history, 2)));
            Time("last bad", () => orders.LastBad(orders.Count));
            Time("recovery", () => s_recovery.Check(history));
            Time("availability", () => s_availability.Check(history));
            Time("latency of 10 s", () => new LatencyOf { Window = Last(history, 10) }.Check(history));
            Time("detection", () => s_detection.Check(history));
            Time("promotions", () => s_promotions.Check(history));
            Add("all of it", Stopwatch.GetElapsedTime(start));

            void Time(string name, Action part)
            {
                var began = Stopwatch.GetTimestamp();
                part();
                Add(name, Stopwatch.GetElapsedTime(began));
            }

            void Add(string name, TimeSpan time)
            {
                if (look >= 0)
                {
                    (looks.TryGetValue(name, out var times) ? times : looks[name] = []).Add(time);
                }
            }
        }

        var operations = run.Writer.Look().Of(SimulatedRun.Workload);
        var loops = new List<TimeSpan>();
        for (var loop = 0; loop < Loops; loop++)
        {
            var start = Stopwatch.GetTimestamp();
            _ = operations.Count(operation => operation.IsGood);
            loops.Add(Stopwatch.GetElapsedTime(start));
        }

        looks["a plain loop over all operations, as a team writes it"] = loops;
        foreach (var (name, times) in looks)
        {
            Figures.Print($"look, {scenario.Name}: {name}", Percentiles.Of(times), name == "all of it" ? objective : "reported");
        }
    }

    private static TimeWindow Last(History history, int seconds) => new(history.Until - TimeSpan.FromSeconds(seconds), history.Until);

    private static void Write(bool looking)
    {
        var writer = new HistoryWriter(new RunClock(TimeProvider.System));
        var clock = new RunClock(TimeProvider.System);
        var held = new List<TimeSpan>();
        var times = new List<TimeSpan>[Writers];
        var threads = Enumerable.Range(0, Writers).Select(index => new Thread(() => times[index] = WriteTo(writer.Source(new SourceSettings($"orders {index}", TimeSpan.FromSeconds(5))), clock))).ToList();
        threads.ForEach(thread => thread.Start());
        while (threads.Exists(thread => thread.IsAlive))
        {
            Thread.Sleep(50);
            if (looking)
            {
                var start = Stopwatch.GetTimestamp();
                var history = writer.Look();
                held.Add(Stopwatch.GetElapsedTime(start));
                foreach (var operations in history.Sources)
                {
                    operations.TallyOf(Last(history, 10));
                }
            }
        }

        var which = looking ? "with a look each 50 ms" : "without looks";
        Figures.Print($"a write among {Writers} writers, {which}", Percentiles.Of([.. times.SelectMany(some => some)]), "the same with and without looks");
        if (looking)
        {
            Figures.Print("taking a look, which is what holds writers up", Percentiles.Of(held), "reported");
        }
    }

    // 5 000 operations a second: three writes each, paced by the clock.
    private static List<TimeSpan> WriteTo(OperationWriter source, RunClock clock)
    {
        var times = new List<TimeSpan>();
        for (var due = clock.Now; due < s_writing; due += TimeSpan.FromTicks(2_000))
        {
            while (clock.Now < due)
            {
                Thread.Sleep(1);
            }

            var start = Stopwatch.GetTimestamp();
            var number = source.Enter(due);
            var entered = Stopwatch.GetTimestamp();
            source.Invoke(number, clock.Now);
            var sent = Stopwatch.GetTimestamp();
            source.Complete(number, clock.Now, OperationVerdict.Good, null, "db-a", number, number);
            times.Add(Stopwatch.GetElapsedTime(start, entered));
            times.Add(Stopwatch.GetElapsedTime(sent));
        }

        return times;
    }
}
