using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace ChaosHarness.Telemetry;

/// <summary>Remembers that a collector did not take metrics: flushing alone does not say so.</summary>
internal sealed class WatchedMetricExporter() : OtlpMetricExporter(new OtlpExporterOptions())
{
    private volatile bool _hasFailed;

    public bool HasFailed => _hasFailed;

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(metrics);
        _hasFailed = result != ExportResult.Success;
        return result;
    }
}
