using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Constraints on recovery time.</summary>
public static class Recovered
{
    /// <summary>Recovered, for certain, within a time: judged on the upper bound of the RTA.</summary>
    /// <param name="rto">The objective.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint Within(TimeSpan rto) => new MeasurementConstraint(
        $"recovered within {DurationText.Format(rto)}",
        measured => measured.Recovery?.ToString(),
        measured => measured.Recovery?.Actual.AtMost(rto) ?? false);

    /// <summary>Recovered, for certain, within a time.</summary>
    /// <param name="rto">Such as <c>30s</c>.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint Within(string rto) => Within(DurationText.Parse(rto));
}
