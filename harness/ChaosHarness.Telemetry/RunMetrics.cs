using System.Diagnostics.Metrics;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;

namespace ChaosHarness.Telemetry;

/// <summary>A run as metrics: one measurement of each instrument, for what was measured.</summary>
internal sealed class RunMetrics(Meter meter)
{
    private readonly Counter<long> _runs = meter.CreateCounter<long>("chaosharness.runs", "{run}", "Runs of experiments.");
    private readonly Histogram<double> _recovery = meter.CreateHistogram<double>("chaosharness.recovery.time", "s", "RTA: upper bound of the time to recovery.");
    private readonly Histogram<double> _detection = meter.CreateHistogram<double>("chaosharness.detection.time", "s", "TTD: upper bound of the time to detection.");
    private readonly Counter<long> _lost = meter.CreateCounter<long>("chaosharness.writes.lost", "{write}", "Acknowledged writes that were missing afterwards.");
    private readonly Counter<long> _unnoticed = meter.CreateCounter<long>("chaosharness.detection.missing", "{run}", "Runs in which nobody noticed who could have.");
    private readonly Gauge<double> _figure = meter.CreateGauge<double>("chaosharness.figure", "1", "Every figure that was measured, in its own unit, on the bound that is worse.");
    private readonly Counter<long> _unrecovered = meter.CreateCounter<long>("chaosharness.recovery.missing", "{run}", "Runs in which the system did not recover.");
    private readonly Gauge<double> _availability = meter.CreateGauge<double>("chaosharness.availability", "1", "Availability from the injection to the end of observing.");

    public void Write(RunRecord result)
    {
        var tags = RunAttributes.Shared(result).ToArray();
        _runs.Add(1, tags);
        Write(result, FigureNames.RecoveryTime, _recovery, _unrecovered, tags);
        Write(result, FigureNames.TimeToDetect, _detection, _unnoticed, tags);
        if (result.Figures.Main(FigureNames.LostWrites)?.Figure.Upper is { } lost)
        {
            _lost.Add((long)lost, tags);
        }

        if (result.Figures.Main(FigureNames.Availability)?.Figure.Lower is { } availability)
        {
            _availability.Record(availability, tags);
        }

        foreach (var figure in result.Figures.Select(recorded => recorded.Figure))
        {
            if ((figure.Better == Better.Higher ? figure.Lower : figure.Upper) is { } value)
            {
                _figure.Record(value, [.. tags, new("chaosharness.figure.name", figure.Name), new("chaosharness.figure.subject", figure.Subject), new("chaosharness.figure.unit", figure.Unit.Symbol)]);
            }
        }
    }

    // What was looked for and did not come has no time, and would be missed among those that did.
    private static void Write(RunRecord result, string name, Histogram<double> times, Counter<long> missing, KeyValuePair<string, object?>[] tags)
    {
        if (result.Figures.Main(name) is not { Figure.IsKnown: true } recorded)
        {
            return;
        }

        if (recorded.Figure.Upper is { } upper)
        {
            times.Record(upper, tags);
        }
        else
        {
            missing.Add(1, tags);
        }
    }
}
