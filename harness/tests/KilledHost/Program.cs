using System.Globalization;
using System.Runtime.InteropServices;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Containers.Hosts;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Containers.OrderSystems;
using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Hosts;
using ChaosHarness.KilledHosts.Sweeps;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.LocalCloud;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

// A process that tests kill in the middle of things, to see what is left behind.
switch (args)
{
    case ["freeze", var folder, var pid]:
        await FreezeAsync(folder, int.Parse(pid, CultureInfo.InvariantCulture));
        return 0;
    case ["break-host", var folder, var destination, var port, var identity, var knownHosts, var file, var lease]:
        await BreakHostAsync(folder, new SshHost(destination, new SshOptions { ConfigFile = "none", User = "root", Port = int.Parse(port, CultureInfo.InvariantCulture), IdentityFile = identity, KnownHostsFile = knownHosts }), file, lease);
        return 0;
    case ["freeze-watched", var folder, var pid]:
        await FreezeAsync(folder, int.Parse(pid, CultureInfo.InvariantCulture), isWatched: true);
        return 0;
    case ["freeze-and-grow", var folder, var pid]:
        _ = FreezeAsync(folder, int.Parse(pid, CultureInfo.InvariantCulture), isWatched: true);
        await FrozenAsync(pid);
        await GrowAsync();
        return 0;
    case ["freeze-and-exit", var folder, var pid]:
        _ = FreezeAsync(folder, int.Parse(pid, CultureInfo.InvariantCulture));
        await FrozenAsync(pid);
        Environment.Exit(7);
        return 0;
    case ["stick", var folder]:
        await StickAsync(folder);
        return 0;
    case ["system"]:
        await RunSystemAsync();
        return 0;
    case ["cloud"]:
        await RunCloudAsync();
        return 0;
    case ["fis" or "fis-watched", var folder, var endpoint]:
        await RunFisAsync(folder, new Uri(endpoint), isWatched: args[0] == "fis-watched");
        return 0;
    case ["ledger", var address, var name, var count]:
        await AppendAsync(address, name, int.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["lease", var address, var milliseconds]:
        await HoldAsync(address, TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture)));
        return 0;
    case ["container", var folder, var endpoint, var name, var fault]:
        await BreakContainerAsync(folder, new Uri(endpoint), name, fault);
        return 0;
    case ["container-command", var folder, var endpoint, var name, var file, var lease, var watched]:
        await BreakInContainerAsync(folder, new Uri(endpoint), name, file, lease, isWatched: watched == "watched");
        return 0;
    case ["container-system"]:
        await RunContainerSystemAsync();
        return 0;
    case ["sweep", var folder, var pid, var watched, var clock]:
        await SweptRun.RunAsync(folder, int.Parse(pid, CultureInfo.InvariantCulture), isWatched: watched == "watched", jumps: clock == "jumps");
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: KilledHost freeze JOURNALS PID | break-host JOURNALS DESTINATION PORT IDENTITY KNOWN_HOSTS FILE LEASE | freeze-watched JOURNALS PID | freeze-and-grow JOURNALS PID | freeze-and-exit JOURNALS PID | stick JOURNALS | container JOURNALS ENDPOINT NAME freeze|crash | container-command JOURNALS ENDPOINT NAME FILE LEASE watched|alone | container-system | system | cloud | fis JOURNALS ENDPOINT | fis-watched JOURNALS ENDPOINT | sweep FOLDER PID watched|alone jumps|steady | ledger ADDRESS NAME COUNT | lease ADDRESS MILLISECONDS");
        return 2;
}

// Freezes a process for as long as nobody halts the run, and says when it is frozen.
static async Task FreezeAsync(string folder, int pid, bool isWatched = false)
{
    var target = new ExternalProcess(new Component("target", ComponentKind.Service), () => pid, "true", []);
    var result = await RunAsync(folder, "the target is thawed however this process ends", target.Freeze(), isWatched);
    Console.WriteLine(result.Outcome);
    // The signal that halted the run still has to end the process.
    await Task.Delay(Timeout.Infinite);
}

// Makes a file on a host for as long as nobody halts the run.
static Task BreakHostAsync(string folder, SshHost host, string file, string lease) =>
    RunAsync(folder, "the file is gone however this process ends", host.Command("make a file", "target", ["touch", file], ["rm", "-f", file]).Leased(lease));

// Breaks a container, watched, for as long as nobody halts the run.
static async Task BreakContainerAsync(string folder, Uri endpoint, string name, string fault)
{
    using var engine = new ContainerEngine(endpoint);
    var target = engine.Container(name);
    await RunAsync(folder, "the container is well however this process ends", fault == "crash" ? target.Crash() : target.Freeze(), isWatched: true);
}

// Makes a file in a container for as long as nobody halts the run.
static async Task BreakInContainerAsync(string folder, Uri endpoint, string name, string file, string lease, bool isWatched)
{
    using var engine = new ContainerEngine(endpoint);
    var fault = new ContainerHost(engine, name).Command("make a file", "target", ["touch", file], ["rm", "-f", file]);
    await RunAsync(folder, "the file is gone however this process ends", lease == "never" ? fault.Unleased() : fault.Leased(lease), isWatched);
}

// Brings the sample system up on containers, and says what its parts are called.
static async Task RunContainerSystemAsync()
{
    await using var system = await ContainerOrderSystem.StartAsync();
    Console.WriteLine(system.Swept.UnderTest.Instance);
    await Task.Delay(Timeout.Infinite);
}

// Breaks what is never undone, and says when it is broken.
static Task StickAsync(string folder) => RunAsync(folder, "nothing is left", Fault.Delegate(
    "stick",
    "target",
    _ =>
    {
        Console.WriteLine("stuck");
        return ValueTask.CompletedTask;
    },
    _ => new ValueTask(Task.Delay(Timeout.Infinite, CancellationToken.None))));

static Task<RunRecord> RunAsync(string folder, string hypothesis, Fault fault, bool isWatched = false) => new ExperimentRunner(new RunnerOptions { FaultJournalFolder = folder, Watchdog = isWatched, Reverters = [new StopFisExperiment(), new UnpauseContainer(), new StartContainer(), new ContainerHostReverter()] }).RunAsync(Experiment.Hypothesis(hypothesis)
    .On(new SystemUnderTest("target") { Environment = "local", Reach = SystemReach.Owned })
    .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("10ms"))
    .SteadyState(new SuccessRate("pulse").AtLeast(1))
    .SteadyFor("500ms")
    .Inject(fault)
    .ObserveAtLeast("50s"));

// Takes memory until it is killed for that.
static async Task GrowAsync()
{
    const int Block = 4 * 1024 * 1024;
    var ones = Enumerable.Repeat((byte)1, Block).ToArray();
    while (true)
    {
        // Not of the runtime, which ends by itself before the limit is reached.
        Marshal.Copy(ones, 0, Marshal.AllocHGlobal(Block), Block);
        await Task.Delay(1);
    }
}

static async Task FrozenAsync(string pid)
{
    while (!File.ReadAllText($"/proc/{pid}/stat").Contains(") T ", StringComparison.Ordinal))
    {
        await Task.Delay(10);
    }
}

// Brings a local cloud up with a database and an instance in it, and says where its folder is.
static async Task RunCloudAsync()
{
    var cloud = await LocalCloud.StartAsync();
    using var account = new AwsAccount(Amazon.RegionEndpoint.USEast1, cloud.Credentials, cloud.Url);
    await account.Ec2.RunInstancesAsync(new() { ImageId = "ami-1", MinCount = 1, MaxCount = 1 });
    await account.Rds.CreateDBInstanceAsync(new() { DBInstanceIdentifier = "db", DBInstanceClass = "db.t3.micro", Engine = "postgres", MasterUsername = "keeper", MasterUserPassword = "s3cret-enough", MultiAZ = true });
    while ((await account.Rds.DescribeDBInstancesAsync(new())).DBInstances[0].DBInstanceStatus != "available")
    {
        await Task.Delay(50);
    }

    Console.WriteLine(cloud.Context.Folder.Path);
    await Task.Delay(Timeout.Infinite);
}

// Runs an experiment of FIS that lasts, with the credentials of the environment.
static async Task RunFisAsync(string folder, Uri endpoint, bool isWatched)
{
    const string Nobody = "arn:aws:iam::000000000000:role/Nobody";
    using var account = new AwsAccount(Amazon.RegionEndpoint.USEast1, endpoint: endpoint) { Policy = new AwsPolicy { AllowedAccounts = ["000000000000"], AllowedRegions = ["us-east-1"], AllowedArns = [Nobody] } };
    var lasting = FisTemplate.For("last long", "arn:aws:iam::000000000000:role/fis")
        .Target("nobody", FisTarget.Roles.WithArns(Nobody))
        .Do("throttle", FisAction.ThrottleCalls("nobody", "12h", "ec2", "DescribeInstances", 1));
    await RunAsync(folder, "the experiment is stopped however this process ends", account.Experiment(lasting, "nothing"), isWatched);
}

// Appends runs to a ledger one by one, and says of each that it is there.
static async Task AppendAsync(string address, string name, int count)
{
    await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse(address, Environment.CurrentDirectory));
    for (var i = 0; i < count; i++)
    {
        var run = new LedgerRun
        {
            RunId = $"{name}-{i}",
            ExperimentId = name,
            Name = name,
            System = "shop",
            Environment = "local",
            Topology = "processes",
            StartedAt = DateTimeOffset.UtcNow,
            Duration = TimeSpan.FromSeconds(1),
            Outcome = Outcome.Passed,
        };
        await ledger.AppendAsync(new LedgerEntry(run, new RunDetails("it holds", "[]", "[]", "[]", "[]", new string('x', 2000), "x")));
        Console.WriteLine(i);
    }
}

// Holds the lease on a system until it is killed, and says when it has it.
static async Task HoldAsync(string address, TimeSpan term)
{
    await using var lease = new LedgerLease(() => LedgerAddress.Parse(address, Environment.CurrentDirectory), term: term);
    var system = new SystemIdentity("shop", "local", SystemReach.Shared);
    var taken = await lease.TakeAsync(system, LeaseHolder.Here("killed", "the killed one", DateTimeOffset.UtcNow), TimeSpan.Zero, CancellationToken.None);
    Console.WriteLine(taken.Refusal ?? "held");
    await Task.Delay(Timeout.Infinite);
}

// Brings the sample system up, freezes a database of it, and says so.
static async Task RunSystemAsync()
{
    var system = await OrderSystem.StartAsync();
    var standby = (await system.Database.Standby.FindAsync(CancellationToken.None))!.Value;
    ProcessSignals.FreezeTree(standby);
    Console.WriteLine(standby.Id.ToString(CultureInfo.InvariantCulture));
    await Task.Delay(Timeout.Infinite);
}
