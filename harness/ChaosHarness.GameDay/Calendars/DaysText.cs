namespace ChaosHarness.GameDay.Calendars;

/// <summary>Days of the week as text, such as <c>Mon-Fri</c> or <c>Mon,Wed,Sat-Sun</c>.</summary>
internal static class DaysText
{
    private const int DaysOfWeek = 7;

    // A dash that would save nothing is not written.
    private const int ShortestRange = 3;

    /// <summary>Reads days; null when one of them is none.</summary>
    public static IReadOnlyList<DayOfWeek>? TryRead(string text)
    {
        var days = new List<DayOfWeek>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('-') is not { Length: 1 or 2 } ends || DayOf(ends[0]) is not { } first || DayOf(ends[^1]) is not { } last)
            {
                return null;
            }

            var count = ((((int)last - (int)first) % DaysOfWeek) + DaysOfWeek) % DaysOfWeek;
            days.AddRange(Enumerable.Range(0, count + 1).Select(more => (DayOfWeek)(((int)first + more) % DaysOfWeek)));
        }

        return Sorted(days);
    }

    /// <summary>Each once, from Monday on.</summary>
    public static IReadOnlyList<DayOfWeek> Sorted(IEnumerable<DayOfWeek> days) => [.. days.Distinct().OrderBy(FromMonday)];

    /// <summary>The text of sorted days.</summary>
    public static string Of(IReadOnlyList<DayOfWeek> days)
    {
        var parts = new List<string>();
        for (var first = 0; first < days.Count;)
        {
            var next = first + 1;
            while (next < days.Count && FromMonday(days[next]) == FromMonday(days[next - 1]) + 1)
            {
                next++;
            }

            parts.Add(next - first >= ShortestRange ? $"{Short(days[first])}-{Short(days[next - 1])}" : string.Join(',', days.Skip(first).Take(next - first).Select(Short)));
            first = next;
        }

        return string.Join(',', parts);
    }

    private static string Short(DayOfWeek day) => day.ToString()[..3];

    private static int FromMonday(DayOfWeek day) => ((int)day + DaysOfWeek - 1) % DaysOfWeek;

    private static DayOfWeek? DayOf(string name) =>
        Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => name.Equals(day.ToString(), StringComparison.OrdinalIgnoreCase) || name.Equals(Short(day!.Value), StringComparison.OrdinalIgnoreCase));
}
