using System.Globalization;
using System.Net;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.Processes;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>
/// An instance: a process that runs its user data. The program listens on <c>127.0.0.1:$PORT</c>; all others reach it at its private address, port 8080.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    /// <summary>The port of every instance's private address that leads to its program.</summary>
    public const int ServicePort = 8080;

    /// <summary>In the environment of all processes of an instance: its id.</summary>
    public const string IdVariable = "AWS_EC2_INSTANCE_ID";

    /// <summary>Why an instance stops that its owner stopped.</summary>
    public const string ByUser = "Client.UserInitiatedShutdown";

    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly CloudContext _cloud;
    private readonly int _port = FreePorts.Next();
    private readonly Forwarder _interface;
    private readonly SemaphoreSlim _turn = new(1);
    private ManagedProcess? _process;
    private string? _folder;

    public Instance(CloudContext cloud, LaunchPlan plan, string reservation)
    {
        _cloud = cloud;
        Plan = plan;
        Reservation = reservation;
        LaunchTime = cloud.Now;
        Address = cloud.Network.NextAddress(plan.Subnet);
        Tags = new Dictionary<string, string>(plan.Tags, StringComparer.Ordinal);
        _interface = new Forwarder(cloud.Network.Connectivity, new IPEndPoint(IPAddress.Parse(Address), ServicePort), () => _port, () => plan.Subnet);
    }

    public string Id { get; } = CloudContext.NewId("i-");

    public LaunchPlan Plan { get; }

    public string Reservation { get; }

    public DateTime LaunchTime { get; private set; }

    public string Address { get; }

    /// <summary>Replaced as a whole when a tag changes, so that it can be read at any time.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; }

    public InstanceState State { get; private set; } = InstanceState.Pending;

    /// <summary>Why it is no longer running, such as <c>Client.UserInitiatedShutdown</c>.</summary>
    public string? StateReason { get; private set; }

    public DateTime? StateChanged { get; private set; }

    /// <summary>When it was terminated; such an instance is seen for an hour.</summary>
    public DateTime? Terminated { get; private set; }

    public string Zone => Plan.Subnet.Zone;

    /// <summary>Called when it is terminated.</summary>
    public Action OnTerminated { get; init; } = static () => { };

    /// <summary>Starts it again after it was stopped.</summary>
    /// <exception cref="AwsErrorException">It is in a state from which it cannot be started.</exception>
    public void Start()
    {
        CheckStart();
        if (State == InstanceState.Stopped)
        {
            Boot();
        }
    }

    /// <exception cref="AwsErrorException">It is in a state from which it cannot be started.</exception>
    public void CheckStart() => Require("started", InstanceState.Stopped, InstanceState.Pending, InstanceState.Running);

    /// <exception cref="AwsErrorException">It is in a state from which it cannot be stopped.</exception>
    public void CheckStop() => Require("stopped", InstanceState.Running, InstanceState.Stopping, InstanceState.Stopped);

    /// <exception cref="AwsErrorException">It does not run.</exception>
    public void CheckReboot() => Require("rebooted", InstanceState.Running);

    /// <summary>Boots it.</summary>
    public void Boot()
    {
        State = InstanceState.Pending;
        (StateReason, StateChanged, LaunchTime) = (null, null, _cloud.Now);
        _cloud.InBackground($"boot of {Id}", token => InTurnAsync(InstanceState.Pending, InstanceState.Running, async () =>
        {
            await _cloud.Clock.DelayAsync(BootTime, token);
            await RunAsync(token);
        }, token));
    }

    /// <summary>Shuts it down: its program is asked to end, and killed when it does not.</summary>
    /// <exception cref="AwsErrorException">It is in a state from which it cannot be stopped.</exception>
    public void Stop(bool force, string reason = ByUser)
    {
        CheckStop();
        if (State != InstanceState.Running)
        {
            return;
        }

        State = InstanceState.Stopping;
        (StateReason, StateChanged) = (reason, _cloud.Now);
        _cloud.InBackground($"stop of {Id}", token => InTurnAsync(InstanceState.Stopping, InstanceState.Stopped, async () =>
        {
            await EndAsync(force, token);
            await _cloud.Clock.DelayAsync(ShutdownTime, token);
        }, token));
    }

    /// <summary>Ends it for good.</summary>
    public void Terminate(string reason = ByUser)
    {
        if (State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            return;
        }

        State = InstanceState.ShuttingDown;
        (StateReason, StateChanged) = (reason, _cloud.Now);
        _cloud.InBackground($"termination of {Id}", token => InTurnAsync(InstanceState.ShuttingDown, InstanceState.Terminated, async () =>
        {
            await EndAsync(force: false, token);
            await _cloud.Clock.DelayAsync(ShutdownTime, token);
            Terminated = _cloud.Now;
            OnTerminated();
            _interface.Dispose();
        }, token));
    }

    /// <summary>Shuts its program down and starts it again; its state does not change.</summary>
    /// <exception cref="AwsErrorException">It does not run.</exception>
    public void Reboot()
    {
        CheckReboot();
        _cloud.InBackground($"reboot of {Id}", token => InTurnAsync(InstanceState.Running, InstanceState.Running, async () =>
        {
            await EndAsync(force: false, token);
            await _cloud.Clock.DelayAsync(BootTime, token);
            await RunAsync(token);
        }, token));
    }

    /// <summary>Kills its program as a crash would: nothing else of it changes.</summary>
    public Task KillProgramAsync() => EndAsync(force: true, CancellationToken.None);

    /// <summary>Boots it anew, if it ran, after it lost its power: its state has not changed.</summary>
    public void GivePower()
    {
        if (State == InstanceState.Running)
        {
            _cloud.InBackground($"power of {Id}", token => InTurnAsync(InstanceState.Running, InstanceState.Running, async () =>
            {
                await EndAsync(force: true, token);
                await _cloud.Clock.DelayAsync(BootTime, token);
                await RunAsync(token);
            }, token));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillProgramAsync();
        _interface.Dispose();
        _turn.Dispose();
    }

    // What was overtaken by another change of state, such as a boot by a termination, is not done any more, or does not count.
    private async Task InTurnAsync(InstanceState during, InstanceState after, Func<Task> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (State == during)
            {
                await work();
                State = State == during ? after : State;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await _cloud.Outage.OverAsync(RegionParts.Instances, cancellationToken);
        _folder ??= await _cloud.Folder.AddAsync(Id, null, cancellationToken);
        var script = Path.Combine(_folder, "user-data");
        await File.WriteAllTextAsync(script, Plan.UserData ?? "#!/bin/sh\nexec sleep 86400\n", cancellationToken);
        _process = await ManagedProcess.StartAsync(new ProcessPlan(Id, "/bin/sh", [script], _folder)
        {
            Environment = new Dictionary<string, string>
            {
                [IdVariable] = Id,
                ["PORT"] = _port.ToString(CultureInfo.InvariantCulture),
                ["AWS_REGION"] = _cloud.Region,
                ["AVAILABILITY_ZONE"] = Zone,
            },
            OnLine = line => _cloud.Options.Log($"{Id}: {line}"),
        });
        if (_cloud.Outage.Hits(RegionParts.Instances))
        {
            // The power went while it was starting.
            await KillProgramAsync();
        }
    }

    private async Task EndAsync(bool force, CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            _process = null;
            await (force ? process.KillAsync() : process.TerminateAsync(Grace, cancellationToken));
            process.Dispose();
        }
    }

    private void Require(string what, params ReadOnlySpan<InstanceState> states)
    {
        if (!states.Contains(State))
        {
            throw new AwsErrorException("IncorrectInstanceState", $"The instance '{Id}' is not in a state from which it can be {what}.");
        }
    }
}
