using System.Collections.Concurrent;
using System.Globalization;
using ChaosHarness.Journals;
using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>
/// The <see cref="DrillCalendar"/> of a profile: <c>Chaos.DrillHours</c>, such as <c>Mon-Fri 09:00-17:00 Europe/Berlin</c>,
/// <c>Chaos.FreezeCalendar</c>, the path of an <c>.ics</c> file, and <c>Chaos.DrillsADay</c>, the most experiments a day that break anything, in the
/// time zone of the hours. A profile without them runs at any time.
/// </summary>
public sealed class DrillCalendarSettings : IRunPermitFactory
{
    private const string HoursParameter = "Chaos.DrillHours";
    private const string FreezeParameter = "Chaos.FreezeCalendar";
    private const string LimitParameter = "Chaos.DrillsADay";
    // Journals are beside the results: they tell what began.
    private const string ResultsParameter = "Chaos.ResultsFolder";

    // A permit is made for every test: what one of them let begin counts for the others.
    private readonly ConcurrentDictionary<string, BegunDrills> _begun = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = [HoursParameter, FreezeParameter, LimitParameter, ResultsParameter];

    /// <inheritdoc/>
    public IRunPermit? Create(IReadOnlyDictionary<string, string> parameters, string baseFolder)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var calendar = new DrillCalendar
        {
            Hours = Hours(parameters.GetValueOrDefault(HoursParameter)),
            Freezes = Freezes(parameters.GetValueOrDefault(FreezeParameter), baseFolder),
            Limit = Limit(parameters.GetValueOrDefault(LimitParameter)),
        };
        return calendar.Limit is not null ? new CountedDrills(calendar, _begun.GetOrAdd(JournalFolder.Of(baseFolder, parameters.GetValueOrDefault(ResultsParameter)), folder => new BegunDrills(folder)))
            : calendar.Hours is null && calendar.Freezes is null ? null : calendar;
    }

    private static WorkingHours? Hours(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : WorkingHours.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{HoursParameter}: {exception.Message}", exception);
        }
    }

    private static FreezeCalendar? Freezes(string? path, string baseFolder) => string.IsNullOrEmpty(path) ? null : new FreezeCalendar(Path.GetFullPath(path, baseFolder));

    private static DrillLimit? Limit(string? text) => string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? new DrillLimit(most)
        : throw new FormatException($"{LimitParameter} is '{text}', but must be a whole number from 1, such as 2.");
}
