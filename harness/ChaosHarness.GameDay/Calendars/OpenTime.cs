namespace ChaosHarness.GameDay.Calendars;

/// <summary>A time without a break in which drills may begin.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment that is no longer of it.</param>
public readonly record struct OpenTime(DateTimeOffset From, DateTimeOffset Until);
