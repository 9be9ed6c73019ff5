using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Faults.Processes;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Haproxy;

namespace ChaosHarness.LocalCloud.LoadBalancing;

/// <summary>HAProxy with a fixed number of places for targets, told over its socket who stands in which.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    public const int Port = 8080;
    private const int Places = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DeregistrationDelay = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan InitialChecks = TimeSpan.FromSeconds(60);
    private readonly CloudContext _cloud;
    private readonly Target?[] _targets = new Target?[Places];
    private readonly SemaphoreSlim _turn = new(1);
    private ManagedProcess? _process;

    private LoadBalancer(CloudContext cloud, LoadBalancerPlan plan, string folder)
    {
        _cloud = cloud;
        _folder = folder;
        Plan = plan;
        Address = cloud.Network.NextServiceAddress();
        Name = cloud.Options.Names ? cloud.NameOf(plan.Name, "elb") : Address;
        cloud.Names.Add(Name, () => new NameRecord(IPAddress.Parse(Address), TimeToLive));
        var id = CloudContext.NewId("", 16);
        Arn = cloud.Arn("elasticloadbalancing", $"loadbalancer/app/{plan.Name}/{id}");
        GroupArn = cloud.Arn("elasticloadbalancing", $"targetgroup/{plan.Name}/{id}");
        Created = cloud.Now;
    }

    public LoadBalancerPlan Plan { get; }

    public string Address { get; }

    /// <summary>What clients are told: a name, or the address.</summary>
    public string Name { get; }

    public string Arn { get; }

    public string GroupArn { get; }

    public DateTime Created { get; }

    private string Socket => Path.Combine(_folder, "s");

    public static async Task<LoadBalancer> StartAsync(CloudContext cloud, LoadBalancerPlan plan, CancellationToken cancellationToken)
    {
        var folder = await cloud.Folder.AddAsync($"elb-{cloud.Region}-{plan.Name}", null, cancellationToken);
        var balancer = new LoadBalancer(cloud, plan, folder);
        await balancer.RunAsync(cancellationToken);
        return balancer;
    }

    /// <summary>Ends it, or leaves whoever is connected, and whoever connects, without an answer.</summary>
    public Task LoseAsync(bool isSilent)
    {
        if (_process is not { } process)
        {
            return Task.CompletedTask;
        }

        if (!isSilent)
        {
            return process.KillAsync();
        }

        ProcessSignals.FreezeTree(process.Identity);
        return Task.CompletedTask;
    }

    /// <summary>Starts it anew: what it was sent while it was lost is not done any more. Its targets are checked again.</summary>
    public async Task BringBackAsync(CancellationToken cancellationToken)
    {
        // First of all: whoever waits for an answer from it has the turn.
        await EndAsync();
        await InTurnAsync(() => RunAnewAsync(cancellationToken), cancellationToken);
    }

    private async Task RunAnewAsync(CancellationToken cancellationToken)
    {
        File.Delete(Socket);
        await RunAsync(cancellationToken);
        foreach (var (place, target) in _targets.Index().Where(entry => entry.Item is { IsDraining: false }))
        {
            await PlaceAsync(place, target!.Instance, cancellationToken);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // It never sends a request again: what a target that is not marked down yet does not answer is an error of the client's.
        var haproxy = new HaproxyPlan($"{Address}:{Port}", Plan.HealthCheckPath, $"server-template t 1-{Places} 127.0.0.1:1 disabled")
        {
            Socket = Socket,
            CheckInterval = _cloud.Clock.Here(Plan.HealthCheckInterval, ShortestInterval),
            DoubtInterval = _cloud.Clock.Here(Plan.HealthCheckInterval, ShortestInterval),
            CheckTimeout = _cloud.Clock.Here(Plan.HealthCheckTimeout, ShortestTimeout),
        };
        var prepared = await haproxy.PrepareAsync($"load balancer {Plan.Name}", _folder, cancellationToken);
        _process = await ManagedProcess.StartAsync(prepared with { OnLine = line => _cloud.Options.Log($"{Plan.Name}: {line}") });
        await _process.ReadyAsync(_ => Task.FromResult(File.Exists(Socket)), Patience, cancellationToken);
    }

    /// <summary>Sends an instance requests once its checks pass; one that is leaving stays instead.</summary>
    /// <exception cref="AwsErrorException">All places are taken.</exception>
    public Task RegisterAsync(Instance instance, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var place = PlaceOf(instance.Id);
        if (place >= 0 && !_targets[place]!.IsDraining)
        {
            return;
        }

        place = place >= 0 ? place : Array.IndexOf(_targets, null);
        if (place < 0)
        {
            throw new AwsErrorException("TooManyTargets", $"This load balancer has places for {Places} targets.");
        }

        _targets[place] = new Target(instance, _cloud.Now);
        await PlaceAsync(place, instance, cancellationToken);
    }, cancellationToken);

    /// <summary>Sends a target no new requests. It is seen as draining for as long as AWS takes, whether or not anything is left to be answered.</summary>
    /// <returns>A task that is over once it answers nothing any more, or has had its time.</returns>
    public async Task<Task> DeregisterAsync(string id, CancellationToken cancellationToken)
    {
        var left = Task.CompletedTask;
        await InTurnAsync(async () =>
        {
            var place = PlaceOf(id);
            if (place >= 0 && _targets[place] is { IsDraining: false } target)
            {
                target.IsDraining = true;
                await TellAsync($"set server servers/t{place + 1} state drain", cancellationToken);
                left = DrainAsync(place, target);
                _cloud.InBackground($"deregistration of {id}", async token =>
                {
                    await _cloud.Clock.DelayAsync(DeregistrationDelay, token);
                    await LetGoAsync(place, target, token);
                });
            }
        }, cancellationToken);
        return left;
    }

    /// <summary>Which targets there are, and what it thinks of each.</summary>
    public async Task<IReadOnlyList<TargetState>> HealthAsync(CancellationToken cancellationToken)
    {
        var states = new List<TargetState>();
        foreach (var server in await ServersAsync(cancellationToken))
        {
            if (_targets[server.Place] is { } target)
            {
                states.Add(StateOf(target, server.Status, server.Check));
            }
        }

        return states;
    }

    private TargetState StateOf(Target target, string status, string check)
    {
        var isUp = status.StartsWith("UP", StringComparison.Ordinal);
        target.WasUp |= isUp;
        return new TargetState(target.Instance, check)
        {
            Health = target.IsDraining ? Health.Draining
                : target.Instance.State != InstanceState.Running ? Health.Unused
                : isUp ? Health.Healthy
                : target.WasUp || _cloud.Clock.HasPassed(target.Since, InitialChecks) ? Health.Unhealthy
                : Health.Initial,
        };
    }

    private async Task DrainAsync(int place, Target target)
    {
        var since = _cloud.Now;
        while (_targets[place] == target && !_cloud.Clock.HasPassed(since, DeregistrationDelay))
        {
            if ((await ServersAsync(_cloud.Ended)).FirstOrDefault(server => server.Place == place) is not { Sessions: > 0 })
            {
                return;
            }

            await Task.Delay(Glance, _cloud.Time, _cloud.Ended);
        }
    }

    private Task LetGoAsync(int place, Target target, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        if (_targets[place] == target)
        {
            await TellAsync($"set server servers/t{place + 1} state maint", cancellationToken);
            _targets[place] = null;
        }
    }, cancellationToken);

    private async Task<IReadOnlyList<Server>> ServersAsync(CancellationToken cancellationToken)
    {
        var lines = (await TellAsync("show stat -1 4 -1", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].TrimStart('#', ' ').Split(',');
        var (server, status, check, sessions) = (Array.IndexOf(names, "svname"), Array.IndexOf(names, "status"), Array.IndexOf(names, "last_chk"), Array.IndexOf(names, "scur"));
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(fields => new Server(
            int.Parse(fields[server].AsSpan(1), CultureInfo.InvariantCulture) - 1,
            fields[status],
            fields[check],
            int.Parse(fields[sessions], CultureInfo.InvariantCulture)))];
    }

    private async Task PlaceAsync(int place, Instance instance, CancellationToken cancellationToken)
    {
        await TellAsync($"set server servers/t{place + 1} addr {instance.Address} port {Instance.ServicePort}", cancellationToken);
        // Down until its checks pass: it would be taken for healthy at first.
        await TellAsync($"set server servers/t{place + 1} state ready; set server servers/t{place + 1} health down", cancellationToken);
    }

    private int PlaceOf(string id) => Array.FindIndex(_targets, target => target?.Instance.Id == id);

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _turn.Dispose();
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync();
            process.Dispose();
        }
    }

    private async Task<string> TellAsync(string command, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(command + "\n"), cancellationToken);
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private sealed record Server(int Place, string Status, string Check, int Sessions);

    private sealed class Target(Instance instance, DateTime since)
    {
        public Instance Instance => instance;

        public DateTime Since => since;

        public bool WasUp { get; set; }

        public bool IsDraining { get; set; }
    }
}
