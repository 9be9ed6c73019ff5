// Where runs are recorded: results for the Allure report, and the history that the gate compares with.
[assembly: RecordedBy(typeof(AllureRecording))]
[assembly: RecordedBy(typeof(LedgerRecording))]
