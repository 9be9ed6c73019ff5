using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.Checkers.Breakers;

/// <summary>
/// Finds what circuit breakers did, by what they said of themselves: they speak when their state changes, with the counters of that moment.
/// </summary>
/// <param name="Breaker">One breaker, named by its signals; null for all.</param>
public sealed record BreakerChecker(string? Breaker = null) : IChecker<BreakersFinding>
{
    /// <inheritdoc/>
    public string Name => Breaker is null ? "breakers" : $"breaker {Breaker}";

    /// <inheritdoc/>
    public BreakersFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var behaviours = history.FirstStrike is { } strike
            ? history.Signals
                .Where(signal => signal is { Kind: SignalKind.Breaker, Breaker: not null } && (Breaker is null || signal.Source == Breaker))
                .GroupBy(signal => signal.Source, StringComparer.Ordinal)
                .OrderBy(readings => readings.Key, StringComparer.Ordinal)
                .Select(readings => new BreakerReadings(readings.Key, [.. readings], strike, history).Measure())
            : [];
        return new BreakersFinding([.. behaviours], history.HasSignalSources);
    }
}
