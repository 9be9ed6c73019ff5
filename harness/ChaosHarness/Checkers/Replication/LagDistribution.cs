using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>How long after a primary its replica had what was written, canary by canary, each between two bounds.</summary>
public sealed class LagDistribution
{
    private readonly List<TimeSpan> _lower;
    private readonly List<TimeSpan?> _upper;

    internal LagDistribution(IReadOnlyList<Bounds> lags)
    {
        _lower = [.. lags.Select(lag => lag.Lower).Order()];
        _upper = [.. lags.Select(lag => lag.Upper).OrderBy(lag => lag ?? TimeSpan.MaxValue)];
    }

    /// <summary>How many canaries.</summary>
    public int Count => _lower.Count;

    /// <summary>How many the replica never had while it was looked at.</summary>
    public int NeverSeen => _upper.Count(lag => lag is null);

    /// <summary>The lag that so many percent keep: at least that percentile of the lower bounds, at most that of the upper ones.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>The lag; null when there is none, without an upper bound where too many never came.</returns>
    public Bounds? Percentile(double percentile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percentile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percentile, 100);
        if (Count == 0)
        {
            return null;
        }

        var rank = (int)decimal.Ceiling((decimal)percentile * Count / 100) - 1;
        return new Bounds(_lower[rank], _upper[rank]);
    }
}
