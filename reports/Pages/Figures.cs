using System.Globalization;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Pages;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    public const string None = "\u2013";

    public static string Seconds(double? seconds) => seconds switch
    {
        null => None,
        double.PositiveInfinity => "not recovered",
        { } value => DurationText.Format(TimeSpan.FromSeconds(value)),
    };

    public static string Seconds(Interval? interval) => interval is { } known ? $"{Seconds(known.Lower)} to {Seconds(known.Upper)}" : "not enough runs";

    /// <summary>Rounded down, so that 100% means all.</summary>
    public static string Share(double? share) => share is { } value ? (Math.Floor(value * 1000) / 10).ToString("0.#", CultureInfo.InvariantCulture) + "%" : None;

    public static string Share(Interval? interval) => interval is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Lower * 100:0} to {known.Upper * 100:0}%") : None;

    public static string Factor(double? factor) => factor is { } value ? value.ToString(value >= 10 ? "0" : "0.0", CultureInfo.InvariantCulture) + "\u00d7" : None;

    public static string Day(DateTimeOffset? at) => at is { } day ? day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never";

    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    public static string Money(decimal? amount, string currency) => amount is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:#,##0} {currency}") : "without end";

    public static string Count(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {(count == 1 ? one : many)}");
}
