using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Answers;

/// <summary>How long the answers to a signal took.</summary>
/// <param name="Source">The signal.</param>
/// <param name="Before">The latencies in the steady state; none where another window was asked for.</param>
/// <param name="Latencies">The latencies in the window.</param>
/// <param name="Percentiles">Those that are its figures, the lowest first.</param>
public sealed record LatencyFinding(string Source, LatencyDistribution Before, LatencyDistribution Latencies, IReadOnlyList<double> Percentiles)
    : Finding([.. FiguresOf(FigureNames.Latency, Source, Latencies, [.. Percentiles.Append(Slowest).Distinct()]), .. FiguresOf(FigureNames.LatencyBefore, Source, Before, Percentiles)])
{
    private const double Slowest = 100;

    /// <summary>Such as <c>p50 12ms, p95 40ms, p99 95ms (200 could not be sent)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var notSent = Latencies.NotSent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Latencies.NotSent} could not be sent)");
        return Latencies.Count == 0
            ? $"unknown, nothing was answered{notSent}"
            : string.Join(", ", Percentiles.Select(Words)) + notSent;
    }

    private static IEnumerable<Figure> FiguresOf(Func<double, string> name, string source, LatencyDistribution latencies, IReadOnlyList<double> percentiles) => percentiles
        .Where(_ => latencies.Count > 0)
        .Select(percentile => Figure.Exact(name(percentile), source, Unit.Seconds, latencies.Percentile(percentile)!.Value.TotalSeconds));

    private string Words(double percentile) => string.Create(CultureInfo.InvariantCulture, $"p{percentile:0.###} {DurationText.Format(Latencies.Percentile(percentile)!.Value)}");
}
