using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>
/// The hours of a week in which drills may begin, as a clock on a wall of their time zone shows them: an hour that the clock shows twice, when
/// daylight saving ends, is open twice, and one that it skips never is. As text: <c>Mon-Fri 09:00-17:00 Europe/Berlin</c>.
/// </summary>
public sealed class WorkingHours : IEquatable<WorkingHours>
{
    private const string Example = "Mon-Fri 09:00-17:00 Europe/Berlin";
    private const string EndOfDay = "24:00";

    // The longest that clocks ever skipped, a day, on the only day of a week.
    private const int DaysLookedAt = 30;
    private static readonly Duration LongestOffset = Duration.FromDays(1);
    private static readonly string[] TimeFormats = ["HH:mm", "H:mm"];
    private readonly DateTimeZone _zone;

    /// <summary>Hours of a week.</summary>
    /// <param name="days">The days on which they begin; at least one.</param>
    /// <param name="from">When they begin.</param>
    /// <param name="to">When they end, that moment not included. Up to <paramref name="from"/> it is one of the next day: 22:00 to 06:00 crosses midnight, and midnight is the end of the day.</param>
    /// <param name="timeZone">An id of IANA or Windows, such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">There is no day, no such zone, or no time between the ends.</exception>
    public WorkingHours(IEnumerable<DayOfWeek> days, TimeOnly from, TimeOnly to, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(timeZone);
        Days = DaysText.Sorted(days);
        (From, To, TimeZone) = (from, to, timeZone);
        if (Days.Count == 0)
        {
            throw new ArgumentException("Hours need a day of the week.", nameof(days));
        }

        if (from == to && from != TimeOnly.MinValue)
        {
            throw new ArgumentException("Hours that end when they begin are none; the whole day is 00:00-24:00.", nameof(to));
        }

        _zone = Zones.Get(timeZone);
    }

    /// <summary>The days on which they begin, from Monday on.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; }

    /// <summary>When they begin.</summary>
    public TimeOnly From { get; }

    /// <summary>When they end, that moment not included; of the next day where it is not after <see cref="From"/>.</summary>
    public TimeOnly To { get; }

    /// <summary>The id of their time zone, as it was given.</summary>
    public string TimeZone { get; }

    /// <summary>The days and times without the zone, such as <c>Mon-Fri 09:00-17:00</c>.</summary>
    internal string Times => $"{DaysText.Of(Days)} {Text(From)}-{(To == TimeOnly.MinValue ? EndOfDay : Text(To))}";

    /// <summary>Reads hours.</summary>
    /// <param name="text">Such as <c>Mon-Fri 09:00-17:00 Europe/Berlin</c>, <c>Mon,Wed,Fri 22:00-06:00 UTC</c> or <c>Mon-Sun 00:00-24:00 Asia/Kathmandu</c>.</param>
    /// <returns>The hours.</returns>
    /// <exception cref="FormatException">The text is none; says what is wrong with it.</exception>
    public static WorkingHours Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var mistake) ?? throw new FormatException($"'{text}' are no hours: {mistake}. Write such as {Example}.");
    }

    /// <summary>Reads hours.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hours">The hours, when it is true.</param>
    /// <returns>Whether the text has hours.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WorkingHours? hours) => (hours = text is null ? null : Read(text, out _)) is not null;

    /// <summary>Whether a moment is in them.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>True when it is.</returns>
    public bool Contain(DateTimeOffset moment) => TimesFrom(moment).FirstOrDefault() is var first && first.From <= moment && moment < first.Until;

    /// <summary>The times in them of the hours that begin on a day: none, one, or where the clock is set back in between, perhaps two.</summary>
    /// <param name="day">The day in their time zone.</param>
    /// <returns>The times, in order.</returns>
    public IReadOnlyList<OpenTime> TimesOf(DateOnly day)
    {
        if (!Days.Contains(day.DayOfWeek))
        {
            return [];
        }

        var start = LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(From));
        var end = LocalDate.FromDateOnly(day).PlusDays(To <= From ? 1 : 0).At(LocalTime.FromTimeOnly(To));
        var times = new List<OpenTime>();
        // No offset is as long, whatever they are then.
        foreach (var piece in _zone.GetZoneIntervals(new Interval(start.InUtc().ToInstant() - LongestOffset, end.InUtc().ToInstant() + LongestOffset)))
        {
            var (from, until) = (start.WithOffset(piece.WallOffset).ToInstant(), end.WithOffset(piece.WallOffset).ToInstant());
            from = piece.HasStart && piece.Start > from ? piece.Start : from;
            until = piece.HasEnd && piece.End < until ? piece.End : until;
            if (from >= until)
            {
                continue;
            }

            if (times is [.., var last] && last.Until == from.ToDateTimeOffset())
            {
                times[^1] = last with { Until = until.ToDateTimeOffset() };
            }
            else
            {
                times.Add(new OpenTime(from.ToDateTimeOffset(), until.ToDateTimeOffset()));
            }
        }

        return times;
    }

    /// <summary>The times in them from a moment on, without end: the first one may have begun before.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The times, in order; those that follow each other at once are one.</returns>
    public IEnumerable<OpenTime> TimesFrom(DateTimeOffset moment)
    {
        OpenTime? open = null;
        var idle = 0;
        // What began the day before may still go on.
        for (var day = DayOf(moment).AddDays(-1); idle < DaysLookedAt && day < DateOnly.MaxValue.AddDays(-DaysLookedAt); day = day.AddDays(1), idle++)
        {
            foreach (var time in TimesOf(day).Where(time => time.Until > moment))
            {
                idle = 0;
                if (open is { } before && time.From > before.Until)
                {
                    yield return before;
                    open = null;
                }

                open = open is { } longer ? new OpenTime(longer.From, time.Until > longer.Until ? time.Until : longer.Until) : time;
                // Hours that never end are told a week at a time.
                if (open.Value.Until - open.Value.From >= TimeSpan.FromDays(7))
                {
                    yield return open.Value;
                    open = null;
                }
            }
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The day that a moment is on in their time zone.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The day.</returns>
    public DateOnly DayOf(DateTimeOffset moment) => Instant.FromDateTimeOffset(moment).InZone(_zone).Date.ToDateOnly();

    /// <inheritdoc/>
    public bool Equals(WorkingHours? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WorkingHours);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Such as <c>Mon-Fri 09:00-17:00 Europe/Berlin</c>, which <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Times} {TimeZone}";

    private static WorkingHours? Read(string text, out string mistake)
    {
        mistake = "days, times and a time zone are needed";
        // The ids of Windows have spaces in them.
        if (text.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var dayText, var timeText, var zone])
        {
            return null;
        }

        if (DaysText.TryRead(dayText) is not { } days)
        {
            mistake = $"'{dayText}' are no days, such as Mon-Fri or Mon,Wed,Sat";
            return null;
        }

        if (timeText.Split('-') is not [var fromText, var toText] || TimeOf(fromText) is not { } from || (toText == EndOfDay ? TimeOnly.MinValue : TimeOf(toText)) is not { } to)
        {
            mistake = $"'{timeText}' are no times, such as 09:00-17:00";
            return null;
        }

        try
        {
            return new WorkingHours(days, from, to, zone);
        }
        catch (ArgumentException exception)
        {
            mistake = exception.Message.Split(" (Parameter")[0].TrimEnd('.');
            mistake = char.ToLowerInvariant(mistake[0]) + mistake[1..];
            return null;
        }
    }

    private static TimeOnly? TimeOf(string text) => TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Text(TimeOnly time) => time.ToString(TimeFormats[0], CultureInfo.InvariantCulture);
}
