namespace ChaosHarness.Ledger.Statistics;

/// <summary>Where a true value lies with a stated confidence.</summary>
/// <param name="Lower">At least this.</param>
/// <param name="Upper">At most this; may be infinite.</param>
/// <param name="Confidence">The share of such intervals that hold the true value, at least; 0 to 1.</param>
public readonly record struct Interval(double Lower, double Upper, double Confidence)
{
    /// <summary>Whether a value lies inside, both ends included.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True when it does.</returns>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
