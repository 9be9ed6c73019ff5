using ChaosHarness.GameDay.Calendars;

namespace ChaosHarness.GameDay.Termination;

/// <summary>What is terminated by chance, and when.</summary>
/// <param name="Hours">The hours in which that happens.</param>
/// <param name="Environment">Where the instances run.</param>
/// <param name="Outage">What says that nothing may be terminated now, as something is wrong already.</param>
internal sealed record TerminationSettings(WorkingHours Hours, string Environment, ICheck Outage)
{
    /// <summary>Whether anything is done at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether it is only noted what would have been terminated.</summary>
    public bool IsLeashed { get; init; } = true;

    /// <summary>What chance begins with: the same seed, the same plan.</summary>
    public long Seed { get; init; }

    /// <summary>The calendar of times in which nothing may be terminated; null for none.</summary>
    public FreezeCalendar? Freezes { get; init; }

    /// <summary>The sentence that permits production.</summary>
    public string? ProductionPermission { get; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<TerminationGroup> Groups { get; init; } = [];

    /// <summary>Groups that are never hit.</summary>
    public NamePatterns ExceptedGroups { get; init; } = new([]);

    /// <summary>Instances that are never hit, whichever group they are of.</summary>
    public NamePatterns ExceptedInstances { get; init; } = new([]);

    /// <summary>When anything may be terminated.</summary>
    public DrillCalendar Calendar => new() { Hours = Hours, Freezes = Freezes };

    /// <summary>Whether a group takes part.</summary>
    public bool Concerns(TerminationGroup group) => group.IsEnabled && !ExceptedGroups.Match(group.Name);

    /// <summary>The open times of the hours that begin on a day; a day without any is no working day.</summary>
    /// <exception cref="UnreadableCalendarException">The calendar of freezes cannot be read.</exception>
    public IReadOnlyList<OpenTime> OpenOn(DateOnly day) => Hours.TimesOf(day) is { Count: > 0 } times && Freezes is not null
        ? OpenTimes.Less(times, Freezes.Between(times[0].From, times[^1].Until, Hours.TimeZone), new OpenTime(times[0].From, times[^1].Until))
        : Hours.TimesOf(day);
}
