namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What outages cost, from measured recovery times and the price of a minute.</summary>
/// <param name="CostPerMinute">The price of a minute of outage.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Failures">One entry an experiment whose recovery was measured, the dearest first.</param>
public sealed record MoneyAtRisk(decimal CostPerMinute, string Currency, IReadOnlyList<CostOfFailure> Failures)
{
    private const double MinutesOfYear = 365.25 * 24 * 60;

    /// <summary>What a year with all of these failures costs; null when one of them never ends.</summary>
    public decimal? PerYear => Failures.Any(failure => failure.PerYear is null) ? null : Failures.Sum(failure => failure.PerYear!.Value);

    /// <summary>The availability over a year with all of these failures, 0 to 1; null when one of them never ends.</summary>
    public double? AvailabilityOfYear => Failures.Any(failure => double.IsInfinity(failure.OutageSeconds))
        ? null
        : Math.Max(1 - (Failures.Sum(failure => failure.OutageSeconds / 60 * failure.FailuresPerYear) / MinutesOfYear), 0);

    /// <summary>Computes the costs: the median recovery time of an experiment, times the price of a minute, times how often it is expected.</summary>
    /// <param name="cards">The experiments.</param>
    /// <param name="options">The price, and how often each failure is expected.</param>
    /// <returns>The costs; null when a minute has no price.</returns>
    public static MoneyAtRisk? Of(IEnumerable<ExperimentCard> cards, ScorecardOptions options)
    {
        ArgumentNullException.ThrowIfNull(cards);
        ArgumentNullException.ThrowIfNull(options);
        if (options.CostPerMinute is not { } price)
        {
            return null;
        }

        var failures = cards
            .Where(card => card.MedianRecovery is not null && !options.Retired.Contains(card.Id, StringComparer.Ordinal))
            // One failure, wherever and with whatever it was tested: the longest outage is what it may cost.
            .GroupBy(card => card.Id, StringComparer.Ordinal)
            .Select(group => group.MaxBy(card => card.MedianRecovery)!)
            .Select(card => CostOfFailure.Of(card, price, options.FailuresPerYear.TryGetValue(card.Id, out var often) ? often : 1))
            .OrderByDescending(failure => failure.PerYear ?? decimal.MaxValue)
            .ThenBy(failure => failure.Name, StringComparer.Ordinal);
        return new MoneyAtRisk(price, options.Currency, [.. failures]);
    }
}
