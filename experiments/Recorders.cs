using ChaosHarness.Ledger.Recording;
using ChaosHarness.Telemetry;

[assembly: RecordedBy(typeof(LedgerRecording))]
[assembly: RecordedBy(typeof(TelemetryRecording))]
