using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

/// <summary>Schedules that begin with one fault.</summary>
public static class FaultSchedules
{
    /// <summary>The fault, undone after a time.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="time">Such as <c>10s</c>, from when it has taken effect.</param>
    /// <returns>The schedule.</returns>
    public static Schedule For(this Fault fault, string time) => ((Schedule)fault).For(time);
}
