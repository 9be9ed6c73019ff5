using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Allure;

/// <summary>Objectives and actuals as parameters of the report.</summary>
internal static class AllureMeasurements
{
    public static IEnumerable<AllureParameter> Of(RunRecord result)
    {
        var (objectives, measured) = (result.Objectives, result.Measurements);
        (string Name, string? Value)[] values =
        [
            ("RTO", objectives.Rto is { } rto ? DurationText.Format(rto) : null),
            ("RTA", measured.Recovery?.ToString()),
            ("RPO", objectives.Rpo?.ToString()),
            ("RPA", measured.DataLoss?.ToString()),
            ("Availability objective", objectives.Availability is { } availability ? string.Create(CultureInfo.InvariantCulture, $"{availability * 100:0.###}%") : null),
            ("Availability", measured.Availability?.ToString()),
            ("TTD", measured.Detections is [var first, ..] ? $"{first.TimeToDetect} by {first.Source}" : null),
            ("Latency before", Latency(measured.LatencyBefore)),
            ("Latency during", Latency(measured.LatencyDuring)),
            .. measured.Breakers.Where(breaker => breaker.Transitions > 0).Select(breaker => ($"Breaker {breaker.Breaker}", Breaker(breaker))),
            .. measured.Impacts.Select(impact => ($"While: {impact.Fault}", (string?)impact.ToString())),
            ("Run", result.RunId),
        ];
        return values.Where(value => value.Value is not null).Select(value => AllureParameter.Of(value.Name, value.Value!));
    }

    private static string? Latency(Measurement.LatencySummary? latency) => latency is null
        ? null
        : $"p50 {DurationText.Format(latency.P50)}, p99 {DurationText.Format(latency.P99)}, max {DurationText.Format(latency.Maximum)}";

    private static string? Breaker(Measurement.BreakerBehaviour breaker) => string.Create(
        CultureInfo.InvariantCulture,
        $"{breaker}; open after {breaker.TimeToOpen?.ToString() ?? "never"}, {breaker.LetThrough} let through, {breaker.KeptOff} kept off, closed after {breaker.TimeToClose?.ToString() ?? "never"}");
}
