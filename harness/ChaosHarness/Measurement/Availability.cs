using System.Globalization;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>Good observations of those that were due in a window. One that could not be sent counts as bad.</summary>
/// <param name="Good">How many were good.</param>
/// <param name="Due">How many were due.</param>
public readonly record struct Availability(long Good, long Due)
{
    /// <summary>The share of good ones, 0 to 1; 1 when none was due.</summary>
    public double Ratio => Due == 0 ? 1 : (double)Good / Due;

    /// <summary>Such as <c>97.25% (3 891 of 4 001)</c>, rounded down so that 100% means all.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Ratio * 10000) / 100:0.##}% ({Good} of {Due})");

    /// <summary>Measures availability.</summary>
    /// <param name="observations">One signal's observations.</param>
    /// <param name="window">Counted are those due in it.</param>
    /// <returns>The counts.</returns>
    public static Availability Measure(IEnumerable<Observation> observations, TimeWindow window)
    {
        ArgumentNullException.ThrowIfNull(observations);
        long good = 0, due = 0;
        foreach (var observation in observations)
        {
            if (window.Contains(observation.Due))
            {
                due++;
                good += observation.IsGood ? 1 : 0;
            }
        }

        return new Availability(good, due);
    }
}
