using System.Globalization;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Constraints on availability from the injection to the end of observing.</summary>
public static class Available
{
    /// <summary>At least this share of what was due was good.</summary>
    /// <param name="ratio">0 to 1.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint AtLeast(double ratio) => new MeasurementConstraint(
        string.Create(CultureInfo.InvariantCulture, $"available at least {ratio * 100:0.###}%"),
        measured => measured.Availability?.ToString(),
        measured => measured.Availability?.Ratio >= ratio);
}
