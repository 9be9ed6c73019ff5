using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.SystemFiles.Tests.Running;

/// <summary>Parts of a file that run on another host, which is this machine over ssh: found, broken and brought back there.</summary>
[Platform("Linux")]
public sealed class HostTests
{
    private string _folder = null!;
    private SshServer _server = null!;

    [SetUp]
    public void Start()
    {
        _server = SshServer.Start();
        _folder = Directory.CreateTempSubdirectory("system-hosts-").FullName;
        File.WriteAllText(Path.Combine(_folder, "ssh"), $"""
            Host db-host
              HostName 127.0.0.1
              Port {_server.Port}
              User root
              IdentityFile {_server.Identity}
              UserKnownHostsFile {_server.KnownHosts}

            """);
        File.WriteAllText(Path.Combine(_folder, "start"), $"""
            setsid sleep 600 </dev/null >/dev/null 2>&1 &
            echo $! > {_folder}/pid
            """);
        File.WriteAllText(Path.Combine(_folder, "flag"), "");
        System.Diagnostics.Process.Start("sh", [Path.Combine(_folder, "start")]).WaitForExit();
    }

    [TearDown]
    public void End()
    {
        System.Diagnostics.Process.GetProcessById(Pid).Kill();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private int Pid => int.Parse(File.ReadAllText(Path.Combine(_folder, "pid")), System.Globalization.CultureInfo.InvariantCulture);

    [Test]
    public async Task A_process_of_another_host_is_lost_and_started_there_and_commands_run_there()
    {
        await using var system = await SystemFile.Parse($"""
            system: elsewhere
            environment: local
            reach: machine
            ssh-config: ssh
            components:
              - name: service
                host: ssh:db-host
                pid-file: {_folder}/pid
                start: [sh, {_folder}/start]
                ready: [test, -s, {_folder}/pid]
              - name: flag
                host: ssh:db-host
                crash: [rm, {_folder}/flag]
                start: [touch, {_folder}/flag]
                look: [test, -e, {_folder}/flag]
            probes:
              command: [test, -e, {_folder}]
              host: ssh:db-host
            steady-state: {"{"} for: 1s {"}"}
            faults: {"{"} length: 1s {"}"}
            """, folder: _folder).StartAsync();
        var before = Pid;

        var lost = await RunAsync(system, new SweepCase(SweepKind.LoseComponent, "service"));
        var unflagged = await RunAsync(system, new SweepCase(SweepKind.LoseComponent, "flag"));

        Assert.That(lost.Outcome, Is.EqualTo(Outcome.Passed), lost.Reason);
        Assert.That(Pid, Is.Not.EqualTo(before));
        Assert.That(unflagged.Outcome, Is.EqualTo(Outcome.Passed), unflagged.Reason);
        Assert.That(File.Exists(Path.Combine(_folder, "flag")), Is.True);
    }

    [Test]
    public async Task A_host_that_cannot_be_reached_breaks_nothing_and_says_what_to_do()
    {
        await using var system = await SystemFile.Parse($"""
            system: elsewhere
            environment: local
            reach: machine
            ssh-config: ssh
            components:
              - {"{"} name: service, host: ssh:db-host, process: sleep, start: [true] {"}"}
            probes: {"{"} command: [true], host: ssh:db-host {"}"}
            """, folder: _folder).StartAsync();
        _server.End();

        var record = await RunAsync(system, new SweepCase(SweepKind.FreezeComponent, "service"));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain("db-host cannot be reached"));
    }

    private Task<RunRecord> RunAsync(RunningSystem system, SweepCase one) =>
        new ExperimentRunner(new RunnerOptions { FaultJournalFolder = _folder, Watchdog = false, Safety = new() { MaximumTargetShare = 1 } }).RunAsync(system.Experiment(one));
}
