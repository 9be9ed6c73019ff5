using System.Globalization;
using ChaosHarness.Checkers.Answers;

namespace ChaosHarness.SteadyState;

/// <summary>The share of a signal's requests that are good.</summary>
/// <param name="Source">The name of a probe or workload of the experiment.</param>
public sealed record SuccessRate(string Source)
{
    /// <summary>Holds when at least this share is good.</summary>
    /// <param name="ratio">0 to 1, such as 0.999; read as it is written.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtLeast(double ratio) => Percentage.TryFrom(ratio, out var least)
        ? AtLeast(least, null)
        : AtLeast(least, string.Create(CultureInfo.InvariantCulture, $"SteadyState: a success rate is 0 to 1, not {ratio}. Write 0.999 or \"99.9%\"."));

    /// <summary>Holds when at least this share is good.</summary>
    /// <param name="percentage">Such as <c>99.9%</c>.</param>
    /// <returns>The condition.</returns>
    public SteadyStateCondition AtLeast(string percentage) =>
        AtLeast(Percentage.TryParse(percentage, out var least) ? least : default, Percentage.TryParse(percentage, out _) ? null : $"SteadyState: {Percentage.Mistake(percentage)}");

    private SteadyStateCondition AtLeast(Percentage least, string? mistake) => new(
        Source,
        $"{Source}: success rate at least {least}",
        (operations, due) => Judge(operations.ShareOf(due), least),
        mistake);

    private static (string Actual, bool Holds) Judge(Share share, Percentage least) => (share.ToString(), share.IsAtLeast(least));
}
