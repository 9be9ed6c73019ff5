using System.Globalization;

namespace ChaosHarness.Benchmarks.Histories;

/// <summary>Median, 99th percentile and worst of some times.</summary>
internal static class Percentiles
{
    public static string Of(List<TimeSpan> times)
    {
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Text(Figures.At(times, 0.5))} / {Text(Figures.At(times, 0.99))} / {Text(times[^1])}");
    }

    private static string Text(TimeSpan time) => time.TotalMilliseconds >= 0.1
        ? time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms"
        : time.TotalMicroseconds.ToString("0.0", CultureInfo.InvariantCulture) + " us";
}
