using ChaosHarness.Experiments;
using ChaosHarness.KilledRestores;
using ChaosHarness.Probes;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

// A restore that stops in one of its phases and says so, for a test to kill its process there.
if (args is not [var journals, var watched, var phase, var backups, var archive, var connection, var place])
{
    await Console.Error.WriteLineAsync("usage: KilledRestore JOURNALS watched|alone find|fetch|replay|verify BACKUPS ARCHIVE CONNECTION PLACE");
    return 2;
}

await using var source = new PostgresSource(connection);
var restore = new PostgresRestore(new StoppingBackup(new BaseBackups(backups, archive), phase), source, new PostgresPlace(place)) { Checks = phase == "verify" ? [new StoppingCheck()] : [] };
var run = await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = journals, Watchdog = watched == "watched", Safety = new SafetyPolicy { HaltFiles = [] } }).RunAsync(
    Experiment.Hypothesis("nothing is left of the copy however this process ends")
        .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned })
        .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"))
        .SteadyState(new SuccessRate("pulse").AtLeast(0.5))
        .SteadyFor("500ms")
        .Inject(restore),
    CancellationToken.None);
Console.WriteLine($"{run.Outcome} {run.Reason}");
return 1;
