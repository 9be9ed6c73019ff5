using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Answers;

/// <summary>Measures how long answers took while a disaster went on, and before it.</summary>
/// <param name="Source">A probe or workload; null for the judged signal.</param>
public sealed record LatencyOf(string? Source = null) : IChecker<LatencyFinding>
{
    private static readonly double[] Usual = [50, 95, 99];

    /// <summary>Counted are requests due in it.</summary>
    /// <value>Default: null, from the first strike to the end of observing; the steady state before it is a figure of its own then.</value>
    public TimeWindow? Window { get; init; }

    /// <summary>A percentile that is asked for besides 50, 95 and 99.</summary>
    /// <value>Default: null, none. More than 0, at most 100.</value>
    public double? Also { get; init; }

    /// <inheritdoc/>
    public string Name => Source is null ? "latency" : $"latency of {Source}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => Source is null ? [] : [Source];

    /// <inheritdoc/>
    public LatencyFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var operations = history.AtCut.Judged(Source);
        var latencies = (Window ?? history.Disaster) is { } due ? LatencyDistribution.Of(operations, due) : LatencyDistribution.None;
        // As it was known at the strike: what was under way then has met the disaster.
        var before = Window is null && history.SteadyState is { } steady && steady.Length > TimeSpan.Zero
            ? LatencyDistribution.Of(history.Before(steady.End).Judged(Source), steady with { End = steady.End - TimeSpan.FromTicks(1) })
            : LatencyDistribution.None;
        return new LatencyFinding(operations.Source, before, latencies, [.. Usual.Append(Also ?? Usual[0]).Distinct().Order()]);
    }
}
