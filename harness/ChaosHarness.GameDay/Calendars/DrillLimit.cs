using System.Globalization;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>The most drills that may begin on one day.</summary>
public sealed record DrillLimit
{
    /// <summary>A limit.</summary>
    /// <param name="perDay">The most drills a day, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public DrillLimit(int perDay) => PerDay = perDay > 0 ? perDay : throw new ArgumentOutOfRangeException(nameof(perDay), string.Create(CultureInfo.InvariantCulture, $"At most {perDay} drills a day are none; it has to be 1 or more."));

    /// <summary>The most drills a day.</summary>
    public int PerDay { get; }

    /// <summary>Whether a day has room for one more.</summary>
    /// <param name="day">The day.</param>
    /// <param name="begun">The days on which drills began, one for each drill.</param>
    internal bool HasRoom(DateOnly day, IEnumerable<DateOnly> begun) => begun.Count(one => one == day) < PerDay;

    /// <summary>Says of today, when it has no room, how many drills began.</summary>
    internal string WhyFull(DateOnly today, IEnumerable<DateOnly> begun)
    {
        var count = begun.Count(one => one == today);
        return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "drill" : "drills")} began today, and no more{(count > PerDay ? $" than {PerDay}" : "")} may on one day");
    }
}
