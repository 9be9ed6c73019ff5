using System.Globalization;
using ChaosHarness.Safety;
using NodaTime;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>When drills may begin: in working hours, outside of freezes, and so many a day. A run that is refused is told the rule, and when it may begin next.</summary>
public sealed record DrillCalendar : IRunPermit
{
    private const string Utc = "UTC";
    private static readonly TimeSpan LookedAhead = TimeSpan.FromDays(366);

    /// <summary>The hours in which drills may begin.</summary>
    /// <value>Default: null, always.</value>
    public WorkingHours? Hours { get; init; }

    /// <summary>The calendar of times in which nothing may be broken.</summary>
    /// <value>Default: null, none.</value>
    public FreezeCalendar? Freezes { get; init; }

    /// <summary>The most drills a day, in the time zone of the hours.</summary>
    /// <value>Default: null, any number.</value>
    public DrillLimit? Limit { get; init; }

    /// <summary>Gives the times at which earlier drills began, for the <see cref="Limit"/>: those of the last two days are enough.</summary>
    /// <value>Default: null; a limit refuses everything then, as nobody knows how many there were.</value>
    public Func<IEnumerable<DateTimeOffset>>? Begun { get; init; }

    /// <summary>The time zone that days and messages are of.</summary>
    /// <value>That of the hours, or else UTC.</value>
    public string TimeZone => Hours?.TimeZone ?? Utc;

    /// <summary>Why no drill may begin at a moment.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="begun">The times at which earlier drills began, for the <see cref="Limit"/>; null when nobody knows, which a limit refuses.</param>
    /// <returns>A sentence that names the rule and when a drill may begin next; null when one may now.</returns>
    public string? WhyRefused(DateTimeOffset now, IEnumerable<DateTimeOffset>? begun = null)
    {
        try
        {
            return Limit is not null && begun is null
                ? string.Create(CultureInfo.InvariantCulture, $"at most {Limit.PerDay} drills a day may begin, and nobody says how many did; set {nameof(DrillCalendar)}.{nameof(Begun)}")
                : Rule(now, [.. (begun ?? []).Select(DayOf)]);
        }
        catch (UnreadableCalendarException exception)
        {
            return $"nobody can say whether anything is frozen: the calendar {exception.Calendar} cannot be read: {exception.Why.TrimEnd('.')}. Mend it, or name another one";
        }
    }

    /// <summary>The times in which drills may begin: hours less freezes. The limit of a day is not looked at.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="until">The first moment that is no longer of it.</param>
    /// <returns>The times, in order.</returns>
    /// <exception cref="UnreadableCalendarException">The calendar of freezes cannot be read.</exception>
    public IReadOnlyList<OpenTime> OpenBetween(DateTimeOffset from, DateTimeOffset until) =>
        OpenTimes.Less((Hours is null ? [new OpenTime(from, until)] : Hours.TimesFrom(from)).TakeWhile(time => time.From < until), Freezes?.Between(from, until, TimeZone) ?? [], new OpenTime(from, until));

    /// <inheritdoc/>
    ValueTask<string?> IRunPermit.WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ValueTask.FromResult(WhyRefused(run.At, Begun?.Invoke()));
    }

    private string? Rule(DateTimeOffset now, IReadOnlyList<DateOnly> begun)
    {
        // Asked in any case: a calendar that cannot be read is mended sooner when it is told on a Saturday too.
        var freeze = Freezes?.At(now, TimeZone);
        var broken = Hours is { } hours && !hours.Contain(now) ? $"drills run {hours.Times}"
            : freeze is not null ? $"'{freeze.Summary}' freezes everything until {Shown(freeze.Until, now)} ({Freezes!.Name})"
            : Limit is { } limit && !limit.HasRoom(DayOf(now), begun) ? limit.WhyFull(DayOf(now), begun)
            : null;
        return broken is null ? null : $"it is {Local(now).ToString("dddd HH:mm", CultureInfo.InvariantCulture)} in {TimeZone}: {broken}. {(Next(now, begun) is { } next ? $"Next: {Shown(next, now)}" : "Nothing is open within a year")}";
    }

    private DateTimeOffset? Next(DateTimeOffset now, IReadOnlyList<DateOnly> begun)
    {
        foreach (var time in OpenBetween(now, now + LookedAhead))
        {
            for (var day = DayOf(time.From); day <= DayOf(time.Until); day = day.AddDays(1))
            {
                var first = StartOf(day) is var start && start > time.From ? start : time.From;
                if (first < time.Until && (Limit is null || Limit.HasRoom(day, begun)))
                {
                    return first;
                }
            }
        }

        return null;
    }

    private DateOnly DayOf(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(Zones.Get(TimeZone)).Date.ToDateOnly();

    private DateTimeOffset StartOf(DateOnly day) => Zones.Get(TimeZone).AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset();

    private DateTime Local(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(Zones.Get(TimeZone)).LocalDateTime.ToDateTimeUnspecified();

    // A day of the week is enough while there is only one that it can be.
    private string Shown(DateTimeOffset moment, DateTimeOffset now) =>
        Local(moment).ToString(Local(moment).Date - Local(now).Date < TimeSpan.FromDays(7) ? "dddd HH:mm" : "dddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
