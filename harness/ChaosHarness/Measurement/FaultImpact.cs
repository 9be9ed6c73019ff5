using System.Globalization;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>What one fault of several did while it was active: how much of it the system bears shows step by step.</summary>
/// <param name="Fault">What it did.</param>
/// <param name="Active">From when it had taken effect to when it was undone.</param>
/// <param name="Availability">Good observations of those due in that time.</param>
/// <param name="Latency">Their latency; null when none was due.</param>
public sealed record FaultImpact(string Fault, TimeWindow Active, Availability Availability, LatencySummary? Latency)
{
    /// <summary>Measures each fault.</summary>
    /// <param name="observations">Of the signal that is judged.</param>
    /// <param name="faults">What they did, and when they were active.</param>
    /// <returns>The impacts, in the same order.</returns>
    public static IReadOnlyList<FaultImpact> Measure(IReadOnlyList<Observation> observations, IEnumerable<(string Fault, TimeWindow Active)> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return
        [
            .. faults.Select(fault => new FaultImpact(
                fault.Fault,
                fault.Active,
                Measurement.Availability.Measure(observations, fault.Active),
                LatencySummary.Measure(observations, fault.Active))),
        ];
    }

    /// <summary>Whether the system bore it.</summary>
    /// <param name="availability">The least availability, as a ratio.</param>
    /// <param name="p99">The longest 99th percentile of the latency.</param>
    /// <returns>True when both held and something was due.</returns>
    public bool IsWithin(double availability, TimeSpan p99) => Latency is not null && Availability.Ratio >= availability && Latency.P99 <= p99;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Availability} available, p99 {(Latency is null ? "unknown" : DurationText.Format(Latency.P99))}");
}
