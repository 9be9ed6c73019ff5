namespace ChaosHarness.Expectations;

/// <summary>
/// Expects answers to stay fast from the first strike to the end of observing, counted from when each request was due. What is overdue
/// counts with its age; what could not be sent has no latency, and shows in the availability.
/// </summary>
public static class Answered
{
    /// <summary>A percentile of the latency of the judged signal.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>What can be expected of it.</returns>
    public static AnsweredPercentile Percentile(double percentile) => new(null, percentile);

    /// <summary>The judged signal keeps an objective.</summary>
    /// <param name="objective">The objective.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(LatencyObjective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return Percentile(objective.Percentile).Within(objective.Limit);
    }

    /// <summary>Names the signal.</summary>
    /// <param name="source">A probe or workload of the experiment.</param>
    /// <returns>What can be expected of it.</returns>
    public static AnsweredSignal Of(string source) => new(source);
}
