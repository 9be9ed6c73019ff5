using ChaosHarness.Timing;

namespace ChaosHarness.SteadyState;

/// <summary>The steady state as it was found in one window.</summary>
/// <param name="Window">The window, since the start of the run.</param>
/// <param name="Readings">One entry a condition.</param>
public sealed record SteadyStateReport(TimeWindow Window, IReadOnlyList<SteadyStateReading> Readings)
{
    /// <summary>Whether every condition held.</summary>
    public bool Holds => Readings.All(reading => reading.Holds);

    /// <summary>The conditions that did not hold, with what was measured; or that all hold.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Holds
        ? "every condition holds"
        : string.Join("; ", Readings.Where(reading => !reading.Holds).Select(reading => $"{reading.Condition}, but was {reading.Actual}"));
}
