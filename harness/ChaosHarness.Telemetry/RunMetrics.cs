using System.Diagnostics.Metrics;
using ChaosHarness.Experiments;

namespace ChaosHarness.Telemetry;

/// <summary>A run as metrics: one measurement of each instrument, for what was measured.</summary>
internal sealed class RunMetrics(Meter meter)
{
    private readonly Counter<long> _runs = meter.CreateCounter<long>("chaosharness.runs", "{run}", "Runs of experiments.");
    private readonly Histogram<double> _recovery = meter.CreateHistogram<double>("chaosharness.recovery.time", "s", "RTA: upper bound of the time to recovery.");
    private readonly Histogram<double> _detection = meter.CreateHistogram<double>("chaosharness.detection.time", "s", "TTD: upper bound of the time to detection.");
    private readonly Counter<long> _lost = meter.CreateCounter<long>("chaosharness.writes.lost", "{write}", "Acknowledged writes that were missing afterwards.");
    private readonly Counter<long> _unrecovered = meter.CreateCounter<long>("chaosharness.recovery.missing", "{run}", "Runs in which the system did not recover.");
    private readonly Gauge<double> _availability = meter.CreateGauge<double>("chaosharness.availability", "1", "Availability from the injection to the end of observing.");

    public void Write(RunRecord result)
    {
        var tags = RunAttributes.Shared(result).ToArray();
        var measured = result.Measurements;
        _runs.Add(1, tags);
        if (measured.Recovery is { } recovery)
        {
            if (recovery.Actual.Upper is { } upper)
            {
                _recovery.Record(upper.TotalSeconds, tags);
            }
            else
            {
                _unrecovered.Add(1, tags);
            }
        }

        if (measured.Detections is [{ TimeToDetect.Upper: { } detected }, ..])
        {
            _detection.Record(detected.TotalSeconds, tags);
        }

        if (measured.DataLoss is { } loss)
        {
            _lost.Add(loss.Lost, tags);
        }

        if (measured.Availability is { } availability)
        {
            _availability.Record(availability.Ratio, tags);
        }
    }
}
