using System.Globalization;

namespace ChaosHarness.Checkers.Answers;

/// <summary>How many of the requests that were due were answered well. One that could not be sent, or is overdue, was not.</summary>
/// <param name="Good">How many were good.</param>
/// <param name="Due">How many were due.</param>
public readonly record struct Share(long Good, long Due)
{
    /// <summary>The share of good ones, 0 to 1; null when none was due, since nobody can know then.</summary>
    public double? Ratio => Due == 0 ? null : (double)Good / Due;

    /// <summary>Whether it is at least so large, compared as it is written and not as a binary number is near it.</summary>
    /// <param name="least">The least.</param>
    /// <returns>False when none was due.</returns>
    public bool IsAtLeast(Percentage least) => Due > 0 && Good >= least.Ratio * Due;

    /// <summary>Such as <c>97.25% (3891 of 4001)</c>, rounded down so that 100% means all.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Due == 0
        ? "unknown, nothing was due"
        : string.Create(CultureInfo.InvariantCulture, $"{decimal.Floor(10_000m * Good / Due) / 100:0.##}% ({Good} of {Due})");
}
