using ChaosHarness.Experiments;

namespace ChaosHarness.Telemetry;

/// <summary>Sends the runs of an assembly of tests to a collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.</summary>
public sealed class TelemetryRecording : IRecorderFactory
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <inheritdoc/>
    public IExperimentRecorder? Create(RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } ? new TelemetryRecorder(settings.Warn) : null;
    }
}
