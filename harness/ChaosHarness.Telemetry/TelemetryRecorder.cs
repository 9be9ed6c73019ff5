using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChaosHarness.Experiments;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChaosHarness.Telemetry;

/// <summary>
/// Sends each run to a collector by OTLP as it ends. Where to and how is what the standard variables say, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// and <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>. A collector that does not answer is told, and never makes a run fail.
/// </summary>
public sealed class TelemetryRecorder : IExperimentRecorder, IDisposable
{
    private const string Name = "ChaosHarness";
    private const int PatienceMilliseconds = 5_000;
    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly WatchedTraceExporter _traceExporter = new();
    private readonly WatchedMetricExporter _metricExporter = new();
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly RunTrace _trace;
    private readonly RunMetrics _figures;
    private readonly Action<string> _warn;

    /// <summary>Prepares to send.</summary>
    /// <param name="warn">Tells people when the collector does not answer.</param>
    public TelemetryRecorder(Action<string> warn)
    {
        _warn = warn;
        var resource = ResourceBuilder.CreateDefault().AddService("chaosharness", autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Name).AddProcessor(new BatchActivityExportProcessor(_traceExporter)).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Name).AddReader(new PeriodicExportingMetricReader(_metricExporter)).Build();
        _trace = new RunTrace(_source);
        _figures = new RunMetrics(_meter);
    }

    /// <inheritdoc/>
    public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        _trace.Write(result);
        _figures.Write(result);
        // Now, not in a while: the process may end with the last test.
        var isFlushed = _traces.ForceFlush(PatienceMilliseconds) & _metrics.ForceFlush(PatienceMilliseconds);
        if (!isFlushed || _traceExporter.HasFailed || _metricExporter.HasFailed)
        {
            _warn($"Run {result.RunId} was not taken by the collector of OTEL_EXPORTER_OTLP_ENDPOINT.");
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
        _traceExporter.Dispose();
        _metricExporter.Dispose();
        _source.Dispose();
        _meter.Dispose();
    }
}
