using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.MariaDb;
using ChaosHarness.Fixtures.Nginx;
using ChaosHarness.Fixtures.Patroni;
using ChaosHarness.Fixtures.RabbitMq;
using ChaosHarness.Fixtures.Redis;
using ChaosHarness.Schedules;

namespace ChaosHarness.Clusters.Tests;

/// <summary>Each cluster comes up, takes writes, loses its leader and goes on, and leaves nothing behind. What is known to lose or to double is found to.</summary>
[Platform("Linux"), Parallelizable(ParallelScope.Children)]
public sealed class ClusterTests
{
    private static readonly ClusterFault Killed = ClusterFault.Killed with { WatchAfterwards = "0s" };

    [Test]
    public async Task Patroni_goes_on_without_its_leader()
    {
        var trial = await TryAsync(await PatroniCluster.StartAsync(new PatroniOptions { Ttl = 5, LoopWait = 1, RetryTimeout = 3 }), Killed);

        Assert.That((trial.Lost, trial.Diverged, trial.Promotions), Is.EqualTo((0L, 0L, 1L)));
    }

    [Test]
    public async Task Redis_goes_on_without_its_master()
    {
        var trial = await TryAsync(await RedisCluster.StartAsync(new RedisOptions { DownAfter = 1000, ClientsAskSentinels = true }), Killed);

        Assert.That(trial.Promotions, Is.GreaterThanOrEqualTo(1L));
    }

    [Test]
    public async Task MariaDb_goes_on_without_its_primary()
    {
        var trial = await TryAsync(await MariaDbCluster.StartAsync(new MariaDbOptions { SemiSyncTimeout = 1000 }), Killed);

        Assert.That((trial.Lost, trial.Diverged), Is.EqualTo((0L, 0L)));
        Assert.That(trial.Promotions, Is.GreaterThanOrEqualTo(1L));
    }

    [Test]
    public async Task RabbitMq_goes_on_without_the_leader_of_its_queue()
    {
        var trial = await TryAsync(await RabbitMqCluster.StartAsync(), Killed);

        Assert.That((trial.Lost, trial.Duplicated), Is.EqualTo((0L, 0L)));
    }

    // The primary no longer waits for a replica that is away, and is lost before that has caught up: the harness has to see it.
    [Test]
    public async Task What_MariaDb_acknowledged_alone_is_found_to_be_lost()
    {
        var cluster = await MariaDbCluster.StartAsync(new MariaDbOptions { SemiSyncTimeout = 500 });
        var trial = await TryAsync(cluster, new ClusterFault(
            "replica down, then the primary killed",
            (_, primary) => Schedule.InParallel(((Schedule)cluster.SemiSynchronousReplica.Crash()).For("4s"), Schedule.At("3s", primary.Crash()))));

        Assert.That(trial.Lost, Is.GreaterThan(0L));
    }

    // Nobody fences a primary that is cut off with its clients, and after the time-out it acknowledges alone.
    [Test]
    public async Task What_a_MariaDb_primary_acknowledged_on_its_own_side_of_a_cut_is_found_to_be_lost()
    {
        var trial = await TryAsync(await MariaDbCluster.StartAsync(new MariaDbOptions { SemiSyncTimeout = 500 }), ClusterFault.IsolatedFor("5s"));

        Assert.That((trial.Lost > 0, trial.Promotions), Is.EqualTo((true, 1L)));
    }

    [Test]
    public async Task What_nginx_sends_again_is_found_twice()
    {
        var trial = await TryAsync(await BalancedService.StartAsync(new BalancerOptions { NextUpstream = "error timeout non_idempotent" }), ClusterFault.FrozenFor("4s"));

        Assert.That((trial.Lost, trial.Duplicated > 0), Is.EqualTo((0L, true)));
    }

    [Test]
    public void A_cluster_whose_programs_are_missing_says_what_installs_them() => Assert.That(
        () => ClusterProgram.Find("no-such-server", "no-such-package", "/opt/nowhere"),
        Throws.TypeOf<NotRunException>().With.Message.Contains("apt-get install no-such-package").And.Message.Contains("./run clusters"));

    // Whatever a trial found, it must have measured it, and nothing of the cluster may be left.
    private static async Task<ClusterTrial> TryAsync(Cluster cluster, ClusterFault fault)
    {
        var journals = Directory.CreateTempSubdirectory("clusters-").FullName;
        var folder = cluster.UnderTest.Instance!;
        ClusterTrial trial;
        ProcessIdentity[] processes;
        await using (cluster)
        {
            processes = [.. Inside(folder)];
            trial = await ClusterTrial.RunAsync(cluster, fault, journals, CancellationToken.None);
            processes = [.. processes, .. Inside(folder)];
        }

        Directory.Delete(journals, recursive: true);
        Assert.That(processes.Where(process => process.IsRunning), Is.Empty, "no process is left");
        Assert.That(Directory.Exists(folder), Is.False, "no folder is left");
        Assert.That(trial.Outcome, Is.EqualTo(Outcome.Passed), trial.Reason);
        Assert.That(trial.Acknowledged, Is.GreaterThan(50L));
        return trial;
    }

    // With when they started: numbers are given again soon on a busy machine.
    private static IEnumerable<ProcessIdentity> Inside(string folder) => Directory.EnumerateDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _) && WorksIn(process, folder))
        .Select(process => ProcessIdentity.Find(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture)))
        .OfType<ProcessIdentity>();

    private static bool WorksIn(string process, string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
