using ChaosHarness.Ledger.Recording;
using ChaosHarness.Telemetry;

[assembly: RecordedBy(typeof(AllureRecording))]
[assembly: RecordedBy(typeof(LedgerRecording))]
[assembly: RecordedBy(typeof(TelemetryRecording))]
