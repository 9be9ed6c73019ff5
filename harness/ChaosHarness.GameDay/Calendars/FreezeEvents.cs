using ChaosHarness.Safety;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>The events of a calendar that freeze, and when each does.</summary>
internal sealed class FreezeEvents
{
    private const string Begin = "BEGIN:VCALENDAR";
    private const string Cancelled = "CANCELLED";
    private const string Transparent = "TRANSPARENT";
    private const int LongestSummary = 80;
    private const int LongestReason = 200;

    // Of what recurs every hour, eleven years.
    private const int MostOccurrences = 100_000;

    // Who looks for the 30th of February finds none.
    private static readonly EvaluationOptions Patience = new() { MaxUnmatchedIncrementsLimit = 100_000 };

    // Times without a zone are compared as if they were of UTC.
    private static readonly TimeSpan LongestOffset = TimeSpan.FromDays(1);

    private readonly string _name;
    private readonly IReadOnlyList<Calendar> _calendars;

    /// <exception cref="UnreadableCalendarException">Something in the text is not understood.</exception>
    public FreezeEvents(string text, string name)
    {
        _name = name;
        var body = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        _calendars = body.StartsWith(Begin, StringComparison.OrdinalIgnoreCase)
            ? Understand("it is no iCalendar", () => Calendar.Load<Calendar>(body).ToList())
            : throw new UnreadableCalendarException(name, body.Length == 0 ? "it is empty" : $"it does not begin with {Begin}");
        foreach (var one in _calendars.SelectMany(calendar => calendar.Events).Where(Freezes))
        {
            if (WhyNotUnderstood(one) is { } why)
            {
                throw new UnreadableCalendarException(name, $"its event '{Words(one)}' {why}");
            }
        }

        // What would only be found when it counts.
        Between(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeZone.Utc);
    }

    /// <summary>What is frozen in a time, in the order in which it begins.</summary>
    /// <exception cref="UnreadableCalendarException">A rule of recurrence, or a time, is not understood.</exception>
    public IReadOnlyList<Freeze> Between(DateTimeOffset from, DateTimeOffset until, DateTimeZone zone)
    {
        var first = new CalDateTime((from - LongestOffset).UtcDateTime, CalDateTime.UtcTzId);
        return
        [
            .. _calendars
                .SelectMany(calendar => Understand("it cannot be said when its events are", () => Occurrences(calendar, first, until + LongestOffset)))
                .Where(occurrence => occurrence.Source is CalendarEvent one && Freezes(one))
                .Select(occurrence => new Freeze(Words((CalendarEvent)occurrence.Source), Moment(occurrence.Period.StartTime, zone), Moment(occurrence.Period.EffectiveEndTime!, zone)))
                .Where(freeze => freeze.Until > from && freeze.From < until)
                .OrderBy(freeze => freeze.From),
        ];
    }

    private List<Occurrence> Occurrences(Calendar calendar, CalDateTime first, DateTimeOffset until)
    {
        // All of them: an instance that was cancelled takes the place of one that was not.
        var occurrences = calendar.GetOccurrences<CalendarEvent>(first, Patience).TakeWhile(occurrence => occurrence.Period.StartTime.AsUtc < until.UtcDateTime).Take(MostOccurrences + 1).ToList();
        return occurrences.Count <= MostOccurrences ? occurrences : throw new UnreadableCalendarException(_name, $"it has more than {MostOccurrences} events in the time that was asked for");
    }

    private static bool Freezes(CalendarEvent one) =>
        !string.Equals(one.Status, Cancelled, StringComparison.OrdinalIgnoreCase) && !string.Equals(one.Transparency, Transparent, StringComparison.OrdinalIgnoreCase);

    private static string? WhyNotUnderstood(CalendarEvent one)
    {
        if (one.Start is null)
        {
            return "does not say when it begins";
        }

        if (new[] { one.Start, one.End }.OfType<CalDateTime>().FirstOrDefault(time => time.TzId is { } id && !time.IsUtc && !Knows(id)) is { } elsewhere)
        {
            return $"is in time zone '{elsewhere.TzId}', which is none of IANA or Windows";
        }

        if (one.RecurrenceRule is { Frequency: FrequencyType.Secondly or FrequencyType.Minutely })
        {
            return "recurs every minute or second, which is no freeze";
        }

        return one.Properties.FirstOrDefault(property => property.Name == "RECURRENCE-ID")?.Parameters.ContainsKey("RANGE") == true ? "changes itself and all that follow it (RANGE), which is not read; write those as an event of their own"
            : one.Properties.Where(property => property.Name == "RDATE").Any(property => property.Parameters.Any(parameter => parameter.Name == "VALUE" && parameter.Value == "PERIOD")) ? "recurs at periods (RDATE), which are not read; write each as an event of its own"
            : null;
    }

    private static bool Knows(string id)
    {
        try
        {
            return new CalDateTime(DateTime.UnixEpoch, id).AsUtc != default;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static DateTimeOffset Moment(CalDateTime time, DateTimeZone zone) => time.IsFloating
        ? LocalDateTime.FromDateTime(DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified)).InZoneLeniently(zone).ToDateTimeOffset()
        : new DateTimeOffset(time.AsUtc, TimeSpan.Zero);

    private static string Words(CalendarEvent one) => Words(one.Summary is { Length: > 0 } given ? given : one.Uid ?? "without a name", LongestSummary);

    private static string Words(string text, int most) => TerminalText.Of(text.Length > most ? text[..most] : text);

    // What a library throws when it meets something that nobody thought of is no reason to break anything.
    private T Understand<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not UnreadableCalendarException)
        {
            throw new UnreadableCalendarException(_name, $"{what}: {Words(exception.Message, LongestReason)}", exception);
        }
    }
}
