using System.Globalization;

namespace ChaosHarness.Benchmarks;

/// <summary>Prints figures, each with what it must reach.</summary>
internal static class Figures
{
    public static void Print(string name, string figure, string must) => Console.WriteLine($"{name,-44} {figure,-34} must: {must}");

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    public static TimeSpan At(IReadOnlyList<TimeSpan> sorted, double quantile) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Count * quantile) - 1, 0, sorted.Count - 1)];
}
