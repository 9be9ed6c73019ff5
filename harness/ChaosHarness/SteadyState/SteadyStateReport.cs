using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.SteadyState;

/// <summary>The steady state as it was found in one window.</summary>
/// <param name="Window">The window, since the start of the run.</param>
/// <param name="Readings">One entry a condition.</param>
public sealed record SteadyStateReport(TimeWindow Window, IReadOnlyList<SteadyStateReading> Readings)
{
    /// <summary>Whether every condition held.</summary>
    public bool Holds => Readings.All(reading => reading.Holds);

    /// <summary>Reads every condition in a window.</summary>
    /// <param name="history">What was seen.</param>
    /// <param name="conditions">The conditions.</param>
    /// <param name="window">Read are requests due in it.</param>
    /// <returns>What was found.</returns>
    public static SteadyStateReport Of(History history, IReadOnlyList<SteadyStateCondition> conditions, TimeWindow window)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return new SteadyStateReport(window, [.. conditions.Select(condition => condition.Read(history, window))]);
    }

    /// <summary>
    /// Reads every condition in the newest window that is wholly known: it ends at the last request before the first that is open and
    /// not overdue yet. A system that hangs cannot look healthy by saying nothing.
    /// </summary>
    /// <param name="history">What was seen so far.</param>
    /// <param name="conditions">The conditions, at least one.</param>
    /// <param name="length">How long the window is.</param>
    /// <param name="notBefore">The window begins then or later.</param>
    /// <returns>What was found; null while no such window has passed.</returns>
    public static SteadyStateReport? Newest(History history, IReadOnlyList<SteadyStateCondition> conditions, TimeSpan length, TimeSpan notBefore)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(conditions);
        var end = conditions.Min(condition => history.Of(condition.Source).KnownUntil ?? TimeSpan.MinValue);
        return end == TimeSpan.MinValue || end - length < notBefore ? null : Of(history, conditions, new TimeWindow(end - length, end));
    }

    /// <summary>The conditions that did not hold, with what was measured; or that all hold.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Holds
        ? "every condition holds"
        : string.Join("; ", Readings.Where(reading => !reading.Holds).Select(reading => $"{reading.Condition}, but was {reading.Actual}"));
}
