using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Networks;
using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Fixtures.Postgres;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What the sample system acknowledges it keeps; with a defect planted the same disaster finds what it loses.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class KeptPromisesTests
{
    private string _journals = "";

    [SetUp]
    public void MakeFolder() => _journals = Directory.CreateTempSubdirectory("promises-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_journals, recursive: true);

    // An attempt that waits for the standby is given up after a second; the next finds its row. Then the primary dies.
    [TestCase(OrderSystemDefects.None)]
    [TestCase(OrderSystemDefects.UnwaitedRetry)]
    public async Task An_order_that_is_sent_again_waits_for_the_standby_again(OrderSystemDefects defects)
    {
        await using var system = await OrderSystem.StartAsync(new OrderSystemOptions { Defects = defects });
        var (primary, standby) = (system.Database.Primary, system.Database.Standby);

        var run = await RunAsync(system, Schedule.InParallel(
            system.Links.Replication(primary, standby).Partition(),
            Schedule.At("2200ms", primary.Crash())));

        Assert.That(run.Find(FigureNames.Promotions)!.Figure.Lower, Is.EqualTo(1), run.Reason);
        Assert.That(run.Find(FigureNames.LostWrites)!.Figure.Lower, defects == OrderSystemDefects.None ? Is.Zero : Is.GreaterThan(5), run.Reason);
    }

    // The primary is fenced and started again by somebody before another has taken over.
    [TestCase(OrderSystemDefects.None)]
    [TestCase(OrderSystemDefects.ForgottenFence)]
    public async Task A_node_that_was_fenced_comes_back_as_a_standby_or_not_at_all(OrderSystemDefects defects)
    {
        await using var folder = SystemFolder.Create();
        await using var network = new Network();
        await using var database = await PostgresCluster.CreateAsync(folder, network, new OrderSystemOptions { Defects = defects }, CancellationToken.None);
        await network.StartAsync(CancellationToken.None);
        await database.StartAsync([], CancellationToken.None);
        var (fenced, successor) = (database.Nodes[0], database.Nodes[1]);
        await ProcessSignals.KillTreeAsync((await fenced.FindAsync(CancellationToken.None))!.Value, CancellationToken.None);
        await File.WriteAllTextAsync(FenceFiles.Mark(fenced.Folder), "");
        await File.WriteAllTextAsync(FenceFiles.StandbySignal(fenced.Folder), "");

        var restoring = fenced.RestoreAsync(CancellationToken.None).AsTask();
        await Task.WhenAny(restoring, Task.Delay(TimeSpan.FromSeconds(2)));
        await successor.AskAsync("SELECT pg_promote(true, 30)", CancellationToken.None);
        await restoring;

        Assert.That(await successor.IsPrimaryAsync(CancellationToken.None), Is.True);
        Assert.That(await fenced.IsPrimaryAsync(CancellationToken.None), defects == OrderSystemDefects.None ? Is.False : Is.True);
    }

    [Test]
    public async Task Half_a_copy_comes_up_as_nothing()
    {
        await using var folder = SystemFolder.Create();
        await using var server = new PostgresServer(PostgresInstallation.Find(), "db-a", await folder.AddAsync("db-a", RunUser.Unprivileged, CancellationToken.None));
        await server.CreateAsync(CancellationToken.None);

        Assert.That(() => server.CopyAsync(FreePorts.Next(), CancellationToken.None), Throws.TypeOf<TopologyFailedException>());
        Assert.That(() => server.StartAsync(ServerRole.Unchanged, "", CancellationToken.None), Throws.TypeOf<TopologyFailedException>().With.Message.Contains("is fenced"));
    }

    [Test]
    public async Task No_drawn_disaster_loses_an_order()
    {
        var outcomes = await DisasterSweep.RunAsync([.. Enumerable.Range(1001, 20)], systems: 2, new OrderSystemOptions(), CancellationToken.None);

        // Also one after which nobody could tell, of those that were gone through to their end.
        Assert.That(outcomes.Where(outcome => outcome is { Outcome: Outcome.Passed or Outcome.Failed, IsKept: false } or { Lost: > 0 } or { Diverged: > 0 }), Is.Empty);
        Assert.That(outcomes.Count(outcome => outcome.Lost is not null), Is.GreaterThanOrEqualTo(15), string.Join('\n', outcomes));
        Assert.That(outcomes.Count(outcome => outcome.Promotions > 0), Is.GreaterThan(0), "they are disasters");
    }

    private async Task<RunRecord> RunAsync(OrderSystem system, Schedule schedule) =>
        await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = _journals, Safety = new SafetyPolicy { MaximumTargets = 100, MaximumTargetShare = 1 } }).RunAsync(
            Experiment.Hypothesis("what is acknowledged is kept")
                .On(system.UnderTest)
                .Workload(system.Orders.Place(100))
                .SteadyState(system.Orders.SuccessRate.AtLeast(0.95))
                .Inject(schedule)
                .ObserveAtLeast("5s")
                .VerifyAtLeast("1s")
                .VerifyWithin("30s")
                .Expect(Lost.Nothing));
}
