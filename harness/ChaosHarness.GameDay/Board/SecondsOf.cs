using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.GameDay.Board;

/// <summary>How each second of one probe or workload was served. Late answers change a second that was told already: then it is told again.</summary>
internal sealed class SecondsOf
{
    // What is open for longer is bad, and stays so for whoever looks on; the record tells the rest.
    private const int SecondsThatChange = 30;
    private const int SecondsLookedAtOften = 3;
    private const int MostLatencies = 2_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly List<BoardEvent?> _told = [];
    private int _looks;

    /// <summary>The seconds that are new, or are not what they were.</summary>
    public IEnumerable<BoardEvent> Changed(Operations operations)
    {
        var whole = (int)operations.Until.TotalSeconds;
        // Most of what changes is young; the rest is looked at every tenth time.
        var from = Math.Max(0, whole - (_looks++ % 10 == 0 ? SecondsThatChange : SecondsLookedAtOften));
        for (var second = Math.Min(from, _told.Count); second < whole; second++)
        {
            while (_told.Count <= second)
            {
                _told.Add(null);
            }

            if (Of(operations, second) is { } seen && seen != _told[second])
            {
                _told[second] = seen;
                yield return seen;
            }
        }
    }

    private static BoardEvent? Of(Operations operations, int second)
    {
        var start = TimeSpan.FromSeconds(second);
        // Both ends of a window are in it.
        var window = new TimeWindow(start, start + Second - TimeSpan.FromTicks(1));
        var tally = operations.TallyOf(window);
        if (tally.Decided == 0)
        {
            return null;
        }

        var latencies = LatenciesOf(operations, window);
        return new BoardEvent(BoardEventKind.Second, second)
        {
            Name = operations.Source,
            Good = tally.Good,
            Bad = tally.Decided - tally.Good,
            Median = At(latencies, 0.5),
            Most = At(latencies, 0.99),
        };
    }

    private static List<double> LatenciesOf(Operations operations, TimeWindow window)
    {
        var (first, end) = (operations.From(window.Start), operations.From(window.End + TimeSpan.FromTicks(1)));
        var step = Math.Max(1, (end - first) / MostLatencies);
        var latencies = new List<double>();
        for (var index = first; index < end; index += step)
        {
            if (operations[index] is { IsGood: true, Latency: { } latency })
            {
                latencies.Add(latency.TotalMilliseconds);
            }
        }

        latencies.Sort();
        return latencies;
    }

    private static double? At(List<double> sorted, double quantile) => sorted.Count == 0 ? null : Math.Round(sorted[Math.Min((int)(sorted.Count * quantile), sorted.Count - 1)], 1);
}
