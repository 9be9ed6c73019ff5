using System.Globalization;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.SteadyState;

/// <summary>The numbers that a probe brings back, such as the length of a queue.</summary>
/// <param name="Source">The name of a probe of the experiment.</param>
public sealed record Values(string Source)
{
    /// <summary>Holds when no number is above this.</summary>
    /// <param name="most">The most.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtMost(double most) => Of("at most", most, values => values.Max(), worst => worst <= most);

    /// <summary>Holds when no number is below this.</summary>
    /// <param name="least">The least.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtLeast(double least) => Of("at least", least, values => values.Min(), worst => worst >= least);

    private static List<double> In(Operations operations, TimeWindow due)
    {
        var values = new List<double>();
        for (var index = operations.From(due.Start); index < operations.Count && operations[index] is var operation && operation.Due <= due.End; index++)
        {
            if (operation is { IsGood: true, Value: { } value })
            {
                values.Add(value);
            }
        }

        return values;
    }

    private SteadyStateCondition Of(string relation, double limit, Func<IReadOnlyList<double>, double> worst, Predicate<double> isWithin)
    {
        return new SteadyStateCondition(
            Source,
            string.Create(CultureInfo.InvariantCulture, $"{Source}: {relation} {limit}"),
            Read,
            double.IsNaN(limit) ? "SteadyState: NaN is no limit for a number." : null);

        (string Actual, bool Holds) Read(Operations operations, TimeWindow due) => In(operations, due) is { Count: > 0 } values && worst(values) is var actual
            ? (actual.ToString(CultureInfo.InvariantCulture), isWithin(actual))
            : ("no number", false);
    }
}
