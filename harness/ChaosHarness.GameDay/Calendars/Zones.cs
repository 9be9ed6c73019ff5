using NodaTime;
using NodaTime.TimeZones;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>Time zones by their ids. The rules come with the package, so that every machine has the same ones, also one without any of its own.</summary>
internal static class Zones
{
    private static readonly Dictionary<string, string> Ids = TzdbDateTimeZoneSource.Default.GetIds().ToDictionary(id => id, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, string> OfWindows = TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of an id of IANA, such as <c>Europe/Berlin</c>, or of Windows, such as <c>W. Europe Standard Time</c>; null when there is none.</summary>
    public static DateTimeZone? Find(string id) => Canonical(id) is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;

    /// <summary>The zone of an id that was checked.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DateTimeZone Get(string id) => Find(id) ?? throw new ArgumentException($"There is no time zone '{id}'. Name one as IANA or Windows does, such as Europe/Berlin.", nameof(id));

    private static string? Canonical(string id) => Ids.TryGetValue(id, out var ours) ? ours : OfWindows.GetValueOrDefault(id);
}
