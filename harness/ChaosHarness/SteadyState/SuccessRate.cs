using System.Globalization;
using ChaosHarness.Measurement;
using ChaosHarness.Probes;

namespace ChaosHarness.SteadyState;

/// <summary>The share of a signal's observations that are good.</summary>
/// <param name="Source">The name of a probe or workload of the experiment.</param>
public sealed record SuccessRate(string Source)
{
    /// <summary>Holds when at least this share is good.</summary>
    /// <param name="ratio">0 to 1, such as 0.999.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtLeast(double ratio)
    {
        var description = string.Create(CultureInfo.InvariantCulture, $"{Source}: success rate at least {ratio * 100:0.###}%");
        var mistake = ratio is >= 0 and <= 1 ? null : string.Create(CultureInfo.InvariantCulture, $"SteadyState: a success rate is 0 to 1, not {ratio}.");
        return new SteadyStateCondition(Source, description, Read, mistake);

        (string Actual, bool Holds) Read(IReadOnlyList<Observation> observations)
        {
            var availability = new Availability(observations.Count(observation => observation.IsGood), observations.Count);
            return (availability.ToString(), availability.Ratio >= ratio);
        }
    }
}
