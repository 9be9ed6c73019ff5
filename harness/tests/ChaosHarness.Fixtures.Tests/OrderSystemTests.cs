using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Networks;
using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Fixtures.Postgres;
using ChaosHarness.Probes;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>The sample system, up and down and in between.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class OrderSystemTests
{
    private const string TemporaryFolder = "TMPDIR";
    private string? _before;
    private string _temporary = null!;

    // Others on this machine start systems too: what is left behind is looked for in a folder of these tests' own.
    [SetUp]
    public void MakeTemporaryFolder()
    {
        _before = Environment.GetEnvironmentVariable(TemporaryFolder);
        _temporary = Directory.CreateTempSubdirectory("systems-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // Servers that run as another user have to pass through.
            File.SetUnixFileMode(_temporary, (UnixFileMode)0b111_101_101);
        }

        Environment.SetEnvironmentVariable(TemporaryFolder, _temporary);
    }

    [TearDown]
    public void RemoveTemporaryFolder()
    {
        Environment.SetEnvironmentVariable(TemporaryFolder, _before);
        Directory.Delete(_temporary, recursive: true);
    }

    [Test]
    public async Task It_comes_up_well_and_leaves_nothing_behind()
    {
        var before = Folders();
        ProcessIdentity[] processes;
        await using (var system = await OrderSystem.StartAsync())
        {
            Assert.That(await system.IsWellAsync(), Is.True);
            Assert.That(system.UnderTest.Components.Select(component => component.Name), Is.EquivalentTo(new[]
            {
                "db-a", "db-b", "db-c", "orders-a", "orders-b", "orders-c", "recommendations", "load-balancer", "failover",
                "orders-a to database", "orders-b to database", "orders-c to database",
                "orders-a to recommendations", "orders-b to recommendations", "orders-c to recommendations",
                "load-balancer to orders-a", "load-balancer to orders-b", "load-balancer to orders-c",
                "db-a and db-b", "db-a and db-c", "db-b and db-c", "failover to database",
            }));
            processes = [.. Inside(Folders().Except(before).Single())];
            Assert.That(processes, Has.Length.GreaterThan(15));
            AssertNoPostgresIsRoot(processes);
            await AssertSqlProbesAsync(system);
        }

        Assert.That(Folders(), Is.EqualTo(before));
        Assert.That(processes.Where(process => process.IsRunning), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_left_when_its_host_is_killed_not_even_what_is_frozen()
    {
        var before = Folders();
        using var host = new KilledHost("system");
        var frozen = int.Parse((await host.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var folder = Folders().Except(before).Single();
        var processes = Inside(folder).ToList();
        Assert.That(processes.Select(process => process.Id), Does.Contain(frozen));

        host.Kill();

        Assert.That(() => processes.Where(process => process.IsRunning), Is.Empty.After(10_000, 50));
        Assert.That(() => Directory.Exists(folder), Is.False.After(10_000, 50));
    }

    // The same disaster as in the drill, on a system whose failover does not fence: the harness has to see the divergence.
    [Test]
    public async Task Without_fencing_a_thawed_primary_acknowledges_writes_that_are_found_to_diverge()
    {
        await using var system = await OrderSystem.StartAsync(new OrderSystemOptions { Fencing = false, SynchronousStandby = false });
        var old = system.Database.Primary;
        var folder = Directory.CreateTempSubdirectory("fixtures-");
        var writes = 0;
        var oldAddress = system.Database.Current.ServiceAlone("orders-a");
        await using var deposed = Npgsql.NpgsqlDataSource.Create(oldAddress);

        var result = await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = folder.FullName }).RunAsync(Experiment.Hypothesis("an unfenced primary goes on acknowledging")
            .On(system.UnderTest)
            .Workload(system.Orders.Place(100) with { Send = SendAsync })
            .Probe(system.Database.Redundancy())
            .SteadyState(new SuccessRate("orders").AtLeast(0.9))
            .Deadline("12s")
            .VerifyWithin("1s")
            // Twice as long as a failover takes: one that thaws before is deposed by nobody.
            .Inject(old.Freeze().For("6s"))
            .VerifyAtLeast("3s"));

        Assert.That(result.Timeline.Select(e => e.Kind), Has.Some.EqualTo(TimelineKind.Promotion), result.Reason);
        Assert.That(result.Find(FigureNames.DivergedWrites)!.Figure.Lower, Is.GreaterThan(0), () => string.Join('\n', result.Timeline));
        Assert.That(result.Find(FigureNames.LostWrites)!.Figure.Lower, Is.GreaterThan(0), "and they are lost, as the new primary knows nothing of them");
        folder.Delete(recursive: true);

        // A client that never noticed the failover: every write straight to the old primary.
        async ValueTask<Workloads.WriteOutcome> SendAsync(Workloads.WriteAttempt write, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref writes);
            await using var command = deposed.CreateCommand("INSERT INTO orders (id, item, quantity) VALUES ($1, 'tea', 1) RETURNING current_setting('cluster_name')");
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = write.Id });
            return Workloads.WriteOutcome.Ack((string)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
    }

    [Test]
    public void A_missing_program_is_named_with_where_it_was_looked_for_and_how_to_install_it() =>
        Assert.That(
            () => Executable.Find("no-such-server", ["/opt/nowhere"], "no-such-package"),
            Throws.TypeOf<NotRunException>().With.Message.Contains("'no-such-server' was not found in /opt/nowhere, ").And.Message.Contains("apt-get install no-such-package"));

    [Test]
    public void A_postgres_folder_that_is_chosen_wrongly_is_told()
    {
        var empty = Directory.CreateTempSubdirectory("empty-").FullName;
        Environment.SetEnvironmentVariable(PostgresInstallation.FolderVariable, empty);
        try
        {
            Assert.That(PostgresInstallation.Find, Throws.TypeOf<NotRunException>().With.Message.Contains(empty));
        }
        finally
        {
            Environment.SetEnvironmentVariable(PostgresInstallation.FolderVariable, null);
            Directory.Delete(empty);
        }
    }

    [Test]
    public async Task A_port_that_is_taken_is_told_in_the_words_of_the_server_that_wanted_it()
    {
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        await using var folder = SystemFolder.Create();
        await using var balancer = await LoadBalancer.PrepareAsync(
            folder, port, [("orders-a", FreePorts.Next())], new SignalLines(TimeProvider.System), _ => Task.FromResult(false), CancellationToken.None);

        await balancer.StartAsync();

        Assert.That(
            () => balancer.ReadyAsync(CancellationToken.None),
            Throws.TypeOf<TopologyFailedException>().With.Message.Contains("load-balancer ended with exit code 1").And.Message.Contains($"127.0.0.1:{port}"));
    }

    [Test]
    public async Task A_standby_that_never_comes_into_step_is_told()
    {
        await using var folder = SystemFolder.Create();
        await using var network = new Network();
        await using var database = await PostgresCluster.CreateAsync(folder, network, new OrderSystemOptions(), CancellationToken.None);
        await network.StartAsync(CancellationToken.None);
        await database.StartAsync([], CancellationToken.None);

        // Without the failover agent the primary waits for nobody, however well the standbys stream.
        Assert.That(
            () => database.RedundantAsync(TimeSpan.FromMilliseconds(300), CancellationToken.None),
            Throws.TypeOf<TopologyFailedException>().With.Message.Contains("No standby caught up with db-a"));
    }

    [Test]
    public async Task A_full_disk_is_told_and_nothing_is_left_on_it()
    {
        Assume.That(Environment.IsPrivilegedProcess, "a small disk can only be mounted as root");
        var disk = Directory.CreateTempSubdirectory("small-disk-").FullName;
        await Tool.RunAsync(new ProcessPlan("mount", "mount", ["-t", "tmpfs", "-o", "size=30m,mode=1777", "tmpfs", disk], "/"), CancellationToken.None);
        Environment.SetEnvironmentVariable(TemporaryFolder, disk);
        try
        {
            Assert.That(() => OrderSystem.StartAsync(), Throws.TypeOf<TopologyFailedException>().With.Message.Contains("No space left on device"));
            Assert.That(Directory.EnumerateFileSystemEntries(disk), Is.Empty);
        }
        finally
        {
            Environment.SetEnvironmentVariable(TemporaryFolder, _temporary);
            await Tool.RunAsync(new ProcessPlan("umount", "umount", [disk], "/"), CancellationToken.None);
            Directory.Delete(disk);
        }
    }

    [Test]
    public void A_start_that_is_cancelled_leaves_nothing()
    {
        var before = Folders();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));

        Assert.That(() => OrderSystem.StartAsync(null, soon.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Folders(), Is.EqualTo(before));
    }

    [Test]
    public void Ports_are_handed_out_once()
    {
        var ports = Enumerable.Range(0, 200).Select(_ => FreePorts.Next()).ToList();

        Assert.That(ports, Is.Unique);
    }

    private static string[] Folders() => [.. Directory.GetDirectories(Path.GetTempPath(), "chaosharness-*").Order()];

    // With when they started: numbers are given again soon on a busy machine.
    private static IEnumerable<ProcessIdentity> Inside(string folder) => Directory.EnumerateDirectories("/proc")
        .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
        .Where(process => WorkingFolder(process)?.StartsWith(folder, StringComparison.Ordinal) == true)
        .Select(process => ProcessIdentity.Find(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture)))
        .OfType<ProcessIdentity>();

    private static string? WorkingFolder(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task AssertSqlProbesAsync(OrderSystem system)
    {
        Task<ProbeSample> SampleAsync(string query) => new SqlProbe("db", system.Database.Current.Admin, query).SampleAsync(CancellationToken.None).AsTask();

        Assert.That((await SampleAsync("SELECT 1")).Ok, Is.True);
        Assert.That((await SampleAsync("SELECT NOT pg_is_in_recovery()")).Ok, Is.True);
        foreach (var bad in new[] { "SELECT 0", "SELECT NULL", "SELECT false", "SELECT 1 WHERE false", "SELECT count(*) FROM orders WHERE false" })
        {
            Assert.That((await SampleAsync(bad)).Ok, Is.False, bad);
        }

        Assert.That(() => SampleAsync("SELECT 1/0"), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    private static void AssertNoPostgresIsRoot(IEnumerable<ProcessIdentity> processes)
    {
        foreach (var process in processes)
        {
            var status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status"));
            if (status[0].EndsWith("postgres", StringComparison.Ordinal))
            {
                Assert.That(status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], Is.Not.EqualTo("0"));
            }
        }
    }
}
