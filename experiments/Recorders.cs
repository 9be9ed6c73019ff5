[assembly: RecordedBy(typeof(AllureRecording))]
[assembly: RecordedBy(typeof(LedgerRecording))]
[assembly: RecordedBy(typeof(TelemetryRecording))]
