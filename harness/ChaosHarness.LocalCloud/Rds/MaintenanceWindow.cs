using System.Globalization;
using System.Text.RegularExpressions;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>When RDS may do what can wait: a time of the week in UTC, such as <c>sun:05:00-sun:05:30</c>. It is a time of the calendar, so no speed of the cloud changes it.</summary>
internal sealed partial class MaintenanceWindow
{
    private const int MinutesOfWeek = 7 * 24 * 60;
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private readonly int _from;
    private readonly int _minutes;
    private readonly string _text;

    private MaintenanceWindow(string text, int from, int minutes) => (_text, _from, _minutes) = (text, from, minutes);

    /// <summary>A window that has just passed, so that nothing is done in the hours of a drill.</summary>
    public static MaintenanceWindow After(DateTime now)
    {
        var start = now.AddHours(-2);
        return Parse(string.Create(CultureInfo.InvariantCulture, $"{Text(start)}-{Text(start.AddMinutes(30))}"));
    }

    /// <exception cref="AwsErrorException">It is no window.</exception>
    public static MaintenanceWindow Parse(string text)
    {
        if (Pattern().Match(text.ToLowerInvariant()) is not { Success: true } match)
        {
            throw new AwsErrorException("InvalidParameterValue", $"Invalid maintenance window format: {text}. The format is ddd:hh24:mi-ddd:hh24:mi.");
        }

        var (from, until) = (Minute(match, "1"), Minute(match, "2"));
        var minutes = (until - from + MinutesOfWeek) % MinutesOfWeek;
        return minutes >= 30
            ? new MaintenanceWindow(text.ToLowerInvariant(), from, minutes)
            : throw new AwsErrorException("InvalidParameterValue", "The maintenance window must be at least 30 minutes.");
    }

    public bool Contains(DateTime time) => (MinuteOf(time) - _from + MinutesOfWeek) % MinutesOfWeek < _minutes;

    public override string ToString() => _text;

    private static string Text(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"{Days[(int)time.DayOfWeek]}:{time:HH:mm}");

    private static int MinuteOf(DateTime time) => ((int)time.DayOfWeek * 24 * 60) + (time.Hour * 60) + time.Minute;

    private static int Minute(Match match, string side) =>
        (Array.IndexOf(Days, match.Groups["day" + side].Value) * 24 * 60)
        + (int.Parse(match.Groups["hour" + side].Value, CultureInfo.InvariantCulture) * 60)
        + int.Parse(match.Groups["minute" + side].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<day1>sun|mon|tue|wed|thu|fri|sat):(?<hour1>[01][0-9]|2[0-3]):(?<minute1>[0-5][0-9])-(?<day2>sun|mon|tue|wed|thu|fri|sat):(?<hour2>[01][0-9]|2[0-3]):(?<minute2>[0-5][0-9])\\z")]
    private static partial Regex Pattern();
}
