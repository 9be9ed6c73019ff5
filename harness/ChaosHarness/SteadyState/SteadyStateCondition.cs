using ChaosHarness.Probes;

namespace ChaosHarness.SteadyState;

/// <summary>One measurable part of normal behaviour: a figure of a signal, and the tolerance that it must keep.</summary>
public sealed class SteadyStateCondition
{
    private readonly Func<IReadOnlyList<Observation>, (string Actual, bool Holds)> _read;

    internal SteadyStateCondition(string source, string description, Func<IReadOnlyList<Observation>, (string Actual, bool Holds)> read, string? mistake = null)
    {
        Source = source;
        Description = description;
        Mistake = mistake;
        _read = read;
    }

    /// <summary>The probe or workload whose observations are judged.</summary>
    public string Source { get; }

    /// <summary>Such as <c>orders: success rate at least 99.9%</c>.</summary>
    public string Description { get; }

    internal string? Mistake { get; }

    internal SteadyStateReading Read(IReadOnlyList<Observation> observations)
    {
        if (observations.Count == 0)
        {
            return new SteadyStateReading(Description, "no observation", false);
        }

        var (actual, holds) = _read(observations);
        return new SteadyStateReading(Description, actual, holds);
    }
}
