using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Live;

/// <summary>What a run is like at one moment, for programs that show it. Times are in seconds; what looks like a secret is masked.</summary>
public sealed record LiveSnapshot
{
    private const int SecondsShown = 30;
    private const int MostLatencies = 2_000;
    private static readonly TimeSpan LatencyWindow = TimeSpan.FromSeconds(2);

    /// <summary>Which run.</summary>
    public required string RunId { get; init; }

    /// <summary>The name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>What is broken, and where.</summary>
    public required string System { get; init; }

    /// <summary>The step that it is in.</summary>
    public required PhaseName Phase { get; init; }

    /// <summary>Seconds since it began.</summary>
    public required double Elapsed { get; init; }

    /// <summary>The faults that are in force.</summary>
    public IReadOnlyList<LiveFault> Faults { get => field ?? []; init; }

    /// <summary>The probe or workload that is judged; null while there is none.</summary>
    public string? Signal { get; init; }

    /// <summary>Share of its requests that were answered well in each of the latest seconds, the oldest first; null where nothing is known yet.</summary>
    public IReadOnlyList<double?> Served { get => field ?? []; init; }

    /// <summary>Median latency of its good answers of the last two seconds; null when there is none.</summary>
    public double? Latency { get; init; }

    /// <summary>How far its recovery is; null before anything struck.</summary>
    public LiveRecovery? Recovery { get; init; }

    /// <summary>The RTO of its attribute, at the speed of the system; null without.</summary>
    public double? Rto { get; init; }

    /// <summary>The stop conditions whose distance is known, with how much of the way to halting each has used up, 0 to 1; the nearest first.</summary>
    public IReadOnlyList<LiveStop> Stops { get => field ?? []; init; }

    /// <summary>What it waits for that a person has to do; null for nothing.</summary>
    public string? Waiting { get; init; }

    /// <summary>Whether the run is over.</summary>
    public bool IsOver { get; init; }

    /// <summary>Looks at a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isOver">Whether it is over.</param>
    /// <returns>What it is like now.</returns>
    public static LiveSnapshot Of(LiveRun run, bool isOver = false)
    {
        ArgumentNullException.ThrowIfNull(run);
        var history = run.Look();
        var recovery = run.Recoveries.Select(checker => checker.Check(history)).FirstOrDefault(finding => finding.IsMeasured);
        var operations = history.Find(recovery?.Signal ?? history.Signal ?? "") ?? (history.Sources is [var first, ..] ? first : null);
        return new LiveSnapshot
        {
            RunId = run.RunId,
            Name = Secrets.Mask(run.Name),
            System = Secrets.Mask(run.System),
            Phase = run.Phase,
            Elapsed = run.Elapsed.TotalSeconds,
            Faults = [.. history.Faults.Where(fault => fault is { Injected: not null, Reverted: null }).Select(fault => LiveFault.Of(fault, history.Until))],
            Signal = operations?.Source,
            Served = operations is null ? [] : ServedBy(operations),
            Latency = operations is null ? null : LatencyOf(operations),
            Recovery = recovery is null || history.Injection is null ? null : LiveRecovery.Of(recovery, history),
            Rto = run.Objectives.Rto?.TotalSeconds / run.Speed,
            Stops = [.. run.Stops.Where(stop => stop.Now.Used is not null).Select(stop => new LiveStop(Secrets.Mask(stop.Name), stop.Now.Used!.Value)).OrderByDescending(stop => stop.Used)],
            Waiting = run.Waiting,
            IsOver = isOver,
        };
    }

    // Seconds that end now: whole ones of the clock would show an outage that is over.
    private static List<double?> ServedBy(Operations operations)
    {
        var count = Math.Min((int)operations.Until.TotalSeconds, SecondsShown);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            var end = operations.Until - TimeSpan.FromSeconds(count - 1 - index);
            // Both ends of a window are in it.
            var tally = operations.TallyOf(new TimeWindow(end - TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1), end));
            // Who is answered at once is known first: while most are open, the others say nothing of them.
            return tally.Decided > tally.Young ? (double)tally.Good / tally.Decided : (double?)null;
        })];
    }

    private static double? LatencyOf(Operations operations)
    {
        var first = Math.Max(operations.From(operations.Until - LatencyWindow), operations.Count - MostLatencies);
        var latencies = Enumerable.Range(first, operations.Count - first).Select(index => operations[index]).Where(operation => operation.IsGood).Select(operation => operation.Latency!.Value).Order().ToList();
        return latencies.Count == 0 ? null : latencies[latencies.Count / 2].TotalSeconds;
    }
}
