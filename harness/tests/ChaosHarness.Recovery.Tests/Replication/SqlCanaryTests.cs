using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Replication;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Recovery.Tests.Replication;

/// <summary>A real standby that is known to be so much behind.</summary>
[Platform("Linux")]
public sealed class SqlCanaryTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(600);
    private readonly string _journals = Directory.CreateTempSubdirectory("canaries-").FullName;
    private SystemFolder _folder = null!;
    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = SystemFolder.Create();
        _primary = new PostgresServer(PostgresInstallation.Find(), "primary", await _folder.AddAsync("primary", RunUser.Unprivileged, default));
        await _primary.CreateAsync(default);
        await _primary.StartAsync(ServerRole.Primary, "", default);
        _standby = new PostgresServer(PostgresInstallation.Find(), "standby", await _folder.AddAsync("standby", RunUser.Unprivileged, default));
        await _standby.CopyAsync(_primary.Port, default);
        await _standby.StartAsync(ServerRole.Standby, $"primary_conninfo = 'host=127.0.0.1 port={_primary.Port} user=postgres'\nrecovery_min_apply_delay = '{Delay.TotalMilliseconds}ms'\n", default);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
        await _folder.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
    }

    [Test]
    public async Task A_standby_that_waits_before_it_applies_is_that_far_behind()
    {
        await using var canary = new SqlCanary("standby", _primary.Admin, _standby.Admin);
        await canary.PrepareAsync();

        // Freezing nobody changes nothing: what is measured is how far behind the standby is anyway.
        var run = await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = _journals, Safety = new SafetyPolicy { HaltFiles = [] } }).RunAsync(
            Experiment.Hypothesis("the standby is close behind")
                .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _primary.Folder })
                .Workload(canary.Canary.Workload)
                .Probe(canary.Canary.Probe)
                .SteadyState(new SuccessRate(canary.Canary.Workload.Name).AtLeast(0.9))
                .SteadyFor("2s")
                .Inject(Fault.Command("nothing", "nobody", ["true"], ["true"]))
                .ObserveAtLeast("3s")
                .Expect(canary.Canary.Is.Within("10s"), canary.Canary.Is.LackingAtMost("300ms")),
            CancellationToken.None);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Failed), run.Reason);
        var lag = run.Find("replication lag p50", "standby")!.Figure;
        Assert.That(lag.Upper, Is.GreaterThan(Delay.TotalSeconds), "a clock of the server holds it back so long");
        Assert.That(lag.Lower, Is.LessThan(Delay.TotalSeconds + 1));
        Assert.That(run.Find("recovery point of the replica", "standby")!.Figure.Upper, Is.GreaterThan(Delay.TotalSeconds));
        Assert.That(run.Verdicts.Single(verdict => verdict.Objective.Contains("lacking at most 300ms", StringComparison.Ordinal)).Met, Is.False, "more than that would be lost");
        Assert.That(run.Verdicts.Single(verdict => verdict.Objective.Contains("p99 within 10s", StringComparison.Ordinal)).Met, Is.True);
        await canary.DisposeAsync();
        Assert.That(await _primary.AskAsync("SELECT count(*) FROM chaosharness_canary", default), Is.Zero, "no row of it stays");
    }
}
