using ChaosHarness.Safety;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>
/// The <see cref="DrillCalendar"/> of a profile: <c>Chaos.DrillHours</c>, such as <c>Mon-Fri 09:00-17:00 Europe/Berlin</c>, and
/// <c>Chaos.FreezeCalendar</c>, the path of an <c>.ics</c> file. A profile without them runs at any time.
/// </summary>
public sealed class DrillCalendarSettings : IRunPermitFactory
{
    private const string HoursParameter = "Chaos.DrillHours";
    private const string FreezeParameter = "Chaos.FreezeCalendar";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = [HoursParameter, FreezeParameter];

    /// <inheritdoc/>
    public IRunPermit? Create(IReadOnlyDictionary<string, string> parameters, string baseFolder)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var calendar = new DrillCalendar { Hours = Hours(parameters.GetValueOrDefault(HoursParameter)), Freezes = Freezes(parameters.GetValueOrDefault(FreezeParameter), baseFolder) };
        return calendar.Hours is null && calendar.Freezes is null ? null : calendar;
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
}
