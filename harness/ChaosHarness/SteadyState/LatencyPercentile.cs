using System.Globalization;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.SteadyState;

/// <summary>A percentile of a signal's latency, counted from when each request was due.</summary>
/// <param name="Source">The name of a probe or workload of the experiment.</param>
/// <param name="Percentile">More than 0, at most 100.</param>
public sealed record LatencyPercentile(string Source, double Percentile)
{
    /// <summary>Holds when the percentile is at most this. One that is overdue counts with its age; one that could not be sent has no latency.</summary>
    /// <param name="limit">Such as <c>250ms</c>.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtMost(string limit)
    {
        var isDuration = DurationText.TryParse(limit, out var maximum);
        var mistake = !isDuration ? DurationText.Mistake("SteadyState", limit)
            : Percentile is not (> 0 and <= 100) ? string.Create(CultureInfo.InvariantCulture, $"SteadyState: a percentile is more than 0 and at most 100, not {Percentile}.")
            : null;
        var description = string.Create(CultureInfo.InvariantCulture, $"{Source}: p{Percentile:0.###} latency at most {limit}");
        return new SteadyStateCondition(Source, description, (operations, due) => Judge(LatencyDistribution.Of(operations, due).Percentile(Percentile)), mistake);

        (string Actual, bool Holds) Judge(TimeSpan? actual) => actual is { } time ? (DurationText.Format(time), time <= maximum) : ("none", false);
    }
}
