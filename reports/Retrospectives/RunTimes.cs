using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>
/// The times of a run as people read them: on the clock of the world, and from the injection. The first is the wall clock at the start of the run and the
/// monotonic time since, so that no clock that was set meanwhile can change their order.
/// </summary>
internal sealed class RunTimes(RunRecord run)
{
    private readonly TimeSpan _zero = run.Injection?.Start ?? TimeSpan.Zero;

    /// <summary>What times are read from, in words.</summary>
    public string Zero => run.Injection is null ? "from the start" : "from the injection";

    /// <summary>Such as <c>2026-11-25 12:00:03.250</c>, UTC.</summary>
    public string Utc(TimeSpan at)
    {
        try
        {
            return (run.StartedAt.UtcDateTime + at).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            return "beyond every calendar";
        }
    }

    /// <summary>Such as <c>+1.25s</c>, or <c>-3s</c> for what was before.</summary>
    public string Since(TimeSpan at) => (at >= _zero ? "+" : "") + DurationText.Format(at - _zero);

    /// <summary>Both bounds of a time span, UTC; null where there is none.</summary>
    public string? Span(TimeWindow? window) => window is { } known ? $"{Utc(known.Start)} to {Utc(known.End)} ({Since(known.Start)} to {Since(known.End)})" : null;
}
