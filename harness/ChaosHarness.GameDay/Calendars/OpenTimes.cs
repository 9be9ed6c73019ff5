namespace ChaosHarness.GameDay.Calendars;

/// <summary>Reckons with open times.</summary>
internal static class OpenTimes
{
    /// <summary>What is left of open times without what is frozen of them, within bounds.</summary>
    /// <param name="open">The times, in order.</param>
    /// <param name="freezes">What is frozen, in the order in which it begins.</param>
    /// <param name="within">The bounds.</param>
    public static IReadOnlyList<OpenTime> Less(IEnumerable<OpenTime> open, IReadOnlyList<Freeze> freezes, OpenTime within)
    {
        var left = new List<OpenTime>();
        foreach (var time in open)
        {
            var from = time.From > within.From ? time.From : within.From;
            var until = time.Until < within.Until ? time.Until : within.Until;
            foreach (var freeze in freezes.Where(freeze => freeze.From < until))
            {
                Add(from, freeze.From);
                // One that began later may end sooner.
                from = freeze.Until > from ? freeze.Until : from;
            }

            Add(from, until);
        }

        return left;

        void Add(DateTimeOffset from, DateTimeOffset until)
        {
            if (from < until)
            {
                left.Add(new OpenTime(from, until));
            }
        }
    }
}
