namespace ChaosHarness.GameDay.Calendars;

/// <summary>A time in which nothing may be broken, as a calendar has it.</summary>
/// <param name="Summary">What the calendar calls it.</param>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment that is no longer of it.</param>
public sealed record Freeze(string Summary, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether a moment is in it.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(DateTimeOffset moment) => From <= moment && moment < Until;
}
