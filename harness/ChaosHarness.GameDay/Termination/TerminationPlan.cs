using System.Globalization;
using ChaosHarness.GameDay.Calendars;

namespace ChaosHarness.GameDay.Termination;

/// <summary>
/// Decides by chance, and by nothing else than its arguments. A coin is tossed for each group on each working day, and a minute of the day drawn,
/// as Chaos Monkey does; here the coin also makes up for the days on which it is not tossed, so that the mean is what was asked for.
/// </summary>
internal static class TerminationPlan
{
    // Whose working days are all frozen has none to count.
    private const int MostDaysBack = 3660;

    /// <summary>
    /// How likely a termination is on a day on which there may be one. The days between two are the minimum, less one, and then those until a
    /// coin falls: 1/p in the mean.
    /// </summary>
    public static double Likelihood(TerminationGroup group) => 1 / (group.MeanDays - (group.MinimumDays - 1));

    /// <summary>What is planned for the days from one to another, which is not of it: in order of time.</summary>
    /// <param name="settings">What may be terminated.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="last">The working day of the last termination, by group: nothing more is planned up to it.</param>
    /// <exception cref="UnreadableCalendarException">The calendar of freezes cannot be read.</exception>
    public static IEnumerable<PlannedTermination> Of(TerminationSettings settings, DateOnly from, DateOnly until, IReadOnlyDictionary<string, DateOnly> last)
    {
        var groups = settings.Groups.Where(settings.Concerns).ToList();
        var since = groups.Select(group => last.TryGetValue(group.Name, out var day) ? WorkingDaysBetween(settings, day, from, group.MinimumDays) : group.MinimumDays).ToArray();
        for (var day = from; day < until; day = day.AddDays(1))
        {
            var open = settings.OpenOn(day);
            var minutes = open.Sum(Minutes);
            if (minutes == 0)
            {
                continue;
            }

            var planned = new List<PlannedTermination>();
            for (var index = 0; index < groups.Count; index++)
            {
                if (last.TryGetValue(groups[index].Name, out var latest) && day <= latest)
                {
                    continue;
                }

                since[index]++;
                if (since[index] >= groups[index].MinimumDays && Chance.Of(settings.Seed, groups[index].Name, Text(day), "coin") < Likelihood(groups[index]))
                {
                    since[index] = 0;
                    planned.Add(new PlannedTermination(groups[index], day, MinuteOf(open, (long)(Chance.Of(settings.Seed, groups[index].Name, Text(day), "minute") * minutes))));
                }
            }

            foreach (var one in planned.OrderBy(one => one.At))
            {
                yield return one;
            }
        }
    }

    /// <summary>Which instance it is: by chance, and whichever others there are, so that one that comes or goes changes nothing for the rest.</summary>
    /// <returns>Its name; null when there is none to choose from.</returns>
    public static string? Choose(TerminationSettings settings, PlannedTermination planned, IEnumerable<string> instances) => instances
        .Where(instance => !settings.ExceptedInstances.Match(instance))
        .OrderByDescending(instance => Chance.Of(settings.Seed, planned.Group.Name, Text(planned.Day), "instance", instance))
        .ThenBy(instance => instance, StringComparer.Ordinal)
        .FirstOrDefault();

    // Without the first and the last; not more of them than matter.
    private static int WorkingDaysBetween(TerminationSettings settings, DateOnly first, DateOnly last, int most)
    {
        var count = 0;
        for (var day = last.AddDays(-1); count < most && day > first && last.DayNumber - day.DayNumber < MostDaysBack; day = day.AddDays(-1))
        {
            count += settings.OpenOn(day).Sum(Minutes) > 0 ? 1 : 0;
        }

        return count;
    }

    private static long Minutes(OpenTime time) => (time.Until - time.From).Ticks / TimeSpan.TicksPerMinute;

    private static DateTimeOffset MinuteOf(IReadOnlyList<OpenTime> open, long minute)
    {
        foreach (var time in open)
        {
            if (minute < Minutes(time))
            {
                return time.From.AddMinutes(minute);
            }

            minute -= Minutes(time);
        }

        throw new ArgumentOutOfRangeException(nameof(minute));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
