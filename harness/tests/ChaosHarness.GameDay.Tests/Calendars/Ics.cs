namespace ChaosHarness.GameDay.Tests.Calendars;

/// <summary>Writes calendars as programs export them.</summary>
internal static class Ics
{
    /// <summary>A calendar of events; each is its lines.</summary>
    public static string Of(params string[] events) => Raw([.. events.Select((lines, index) => Event(lines.Contains("UID:", StringComparison.Ordinal) ? lines : $"UID:{index}\n{lines}"))]);

    /// <summary>A calendar of whatever it consists of.</summary>
    public static string Raw(params string[] parts) => $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//tests//EN\n{string.Join('\n', parts)}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n");

    public static string Event(string lines) => $"BEGIN:VEVENT\nDTSTAMP:20200101T000000Z\n{lines}\nEND:VEVENT";
}
