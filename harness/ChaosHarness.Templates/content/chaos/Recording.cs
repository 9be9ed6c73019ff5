// Where runs are recorded: results for the Allure report, and the history that the gate compares with.
[assembly: RecordedBy(typeof(AllureRecording))]
[assembly: RecordedBy(typeof(LedgerRecording))]
// The board on which people watch a drill, give the go and halt; and the hours in which drills may run.
[assembly: WatchedBy(typeof(GameDayBoard))]
[assembly: PermittedBy(typeof(DrillCalendarSettings))]
