using System.Globalization;
using ChaosHarness.GameDay.Calendars;
using NodaTime;

namespace ChaosHarness.GameDay.Termination;

/// <summary>What is to come, as far as anybody can know: that each of it happens.</summary>
internal static class Upcoming
{
    /// <summary>What is planned from now on, in order of time.</summary>
    /// <param name="settings">What may be terminated.</param>
    /// <param name="log">What became of earlier ones.</param>
    /// <param name="now">The moment.</param>
    /// <param name="days">For how many days, today included.</param>
    /// <exception cref="UnreadableCalendarException">The calendar of freezes cannot be read.</exception>
    public static IReadOnlyList<PlannedTermination> Of(TerminationSettings settings, TerminationLog log, DateTimeOffset now, int days)
    {
        var today = settings.Hours.DayOf(now);
        var planned = TerminationPlan.Of(settings, today, today.AddDays(1), log.LastBefore(today)).Where(one => !log.IsSettled(one.Group.Name, today) && one.At >= now - RandomTermination.MostLate).ToList();
        // What is settled today counts as it came, and what is not as it will.
        var last = new Dictionary<string, DateOnly>(log.LastBefore(today.AddDays(1)), StringComparer.Ordinal);
        foreach (var one in planned)
        {
            last[one.Group.Name] = today;
        }

        return [.. planned, .. TerminationPlan.Of(settings, today.AddDays(1), today.AddDays(days), last)];
    }

    /// <summary>A moment where the hours are, such as <c>Fri 2026-11-27 14:03</c>.</summary>
    public static string Clock(TerminationSettings settings, DateTimeOffset at) =>
        Instant.FromDateTimeOffset(at).InZone(Zones.Get(settings.Hours.TimeZone)).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
