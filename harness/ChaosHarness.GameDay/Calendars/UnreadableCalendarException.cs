namespace ChaosHarness.GameDay.Calendars;

/// <summary>A calendar of which nobody can say what it freezes: it is missing, or has something in it that is not understood.</summary>
/// <param name="calendar">Which: the path of its file.</param>
/// <param name="why">What is wrong with it.</param>
/// <param name="inner">What found that.</param>
public sealed class UnreadableCalendarException(string calendar, string why, Exception? inner = null) : Exception($"The calendar {calendar} cannot be read: {why}", inner)
{
    /// <summary>Which: the path of its file.</summary>
    public string Calendar => calendar;

    /// <summary>What is wrong with it.</summary>
    public string Why => why;
}
