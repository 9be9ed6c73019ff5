using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Benchmarks.Histories;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>What measuring recovery costs: a million requests, 5 000 a second, a thousand under way at any time.</summary>
internal static class RecoveryCost
{
    private const int Count = 1_000_000;
    private const int PerSecond = 5_000;
    private static readonly TimeSpan Service = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Strike = TimeSpan.FromSeconds(60);

    public static Task RunAsync()
    {
        Measure("well", _ => false, hangs: false);
        Measure("down for 30 s", at => at < Strike + TimeSpan.FromSeconds(30), hangs: false);
        Measure("hung for 5 s", at => at < Strike + TimeSpan.FromSeconds(5), hangs: true);
        Measure("flapping every millisecond", at => at.Ticks / TimeSpan.TicksPerMillisecond % 2 == 0, hangs: false);
        return Task.CompletedTask;
    }

    private static void Measure(string system, Func<TimeSpan, bool> isDown, bool hangs)
    {
        var history = Record(isDown, hangs);
        var checker = new RecoveryChecker("orders");
        checker.Check(history);
        var looks = new List<TimeSpan>();
        for (var at = Strike + TimeSpan.FromMilliseconds(50); at < history.Until; at += TimeSpan.FromMilliseconds(50))
        {
            var look = Stopwatch.GetTimestamp();
            checker.Check(history.Before(at));
            looks.Add(Stopwatch.GetElapsedTime(look));
        }

        looks.Sort();
        var all = Stopwatch.GetTimestamp();
        var finding = checker.Check(history);
        var figures = finding.Figures.Count;
        var (outages, later) = (finding.Outages, finding.LongestUnseenLater);
        var each = Stopwatch.GetElapsedTime(all).TotalMicroseconds / Count;
        Figures.Print($"{system}: a look, median / p99 / worst", $"{Figures.Milliseconds(Figures.At(looks, 0.5))} / {Figures.Milliseconds(Figures.At(looks, 0.99))} / {Figures.Milliseconds(looks[^1])}", "median below 2 ms");
        Figures.Print($"{system}: everything, a request", string.Create(CultureInfo.InvariantCulture, $"{each:0.000} us ({figures} figures, {outages} outages, later {later?.TotalMilliseconds:0} ms)"), "at most 0.5 us");
    }

    private static History Record(Func<TimeSpan, bool> isDown, bool hangs)
    {
        var time = new SetTime();
        var writer = new HistoryWriter(new RunClock(time)) { Signal = "orders" };
        var orders = writer.Source(new SourceSettings("orders", Timeout));
        var random = new Random(7);
        for (var number = 0; number < Count; number++)
        {
            var due = TimeSpan.FromTicks(number * (TimeSpan.TicksPerSecond / PerSecond));
            var sent = due + TimeSpan.FromMicroseconds(100 * random.NextDouble());
            var isBad = sent >= Strike && isDown(sent);
            var took = !isBad ? Service * (0.8 + (0.4 * random.NextDouble())) : hangs ? Timeout : TimeSpan.FromMilliseconds(1);
            orders.Invoke(orders.Enter(due), sent);
            orders.Complete(number, sent + took, isBad ? OperationVerdict.Error : OperationVerdict.Good);
        }

        time.Set(Strike);
        writer.Add(new FaultWindow("crash", ["database"], new TimeWindow(Strike, Strike), new TimeWindow(Strike, Strike), null, null));
        time.Set(TimeSpan.FromSeconds((double)Count / PerSecond) + Timeout + Service);
        return writer.Look();
    }
}
