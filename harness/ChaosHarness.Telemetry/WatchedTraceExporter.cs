using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace ChaosHarness.Telemetry;

/// <summary>Remembers that a collector did not take a trace: flushing alone does not say so.</summary>
internal sealed class WatchedTraceExporter() : OtlpTraceExporter(new OtlpExporterOptions())
{
    private volatile bool _hasFailed;

    public bool HasFailed => _hasFailed;

    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var result = base.Export(activityBatch);
        _hasFailed = result != ExportResult.Success;
        return result;
    }
}
