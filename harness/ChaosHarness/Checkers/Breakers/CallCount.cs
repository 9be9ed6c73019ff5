using System.Globalization;

namespace ChaosHarness.Checkers.Breakers;

/// <summary>A number of calls that is known between bounds.</summary>
/// <param name="Lower">At least so many.</param>
/// <param name="Upper">At most so many; null when nobody can know.</param>
public readonly record struct CallCount(long Lower, long? Upper)
{
    /// <summary>A number that is known exactly.</summary>
    /// <param name="calls">The number.</param>
    /// <returns>The count.</returns>
    public static CallCount Exactly(long calls) => new(calls, calls);

    /// <summary>Such as <c>12</c>, or <c>at least 12</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Upper == Lower
        ? Lower.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"at least {Lower}");
}
