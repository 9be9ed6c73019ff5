using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>A calendar with a limit a day, and who knows what began.</summary>
/// <param name="calendar">The calendar.</param>
/// <param name="drills">What began.</param>
internal sealed class CountedDrills(DrillCalendar calendar, BegunDrills drills) : IRunPermit
{
    /// <summary>The calendar itself.</summary>
    public DrillCalendar Calendar => calendar;

    /// <inheritdoc/>
    public ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ValueTask.FromResult(drills.Ask(run, begun => calendar.WhyRefused(run.At, begun)));
    }
}
