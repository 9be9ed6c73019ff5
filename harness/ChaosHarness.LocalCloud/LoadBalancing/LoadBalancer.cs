using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Haproxy;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Names;

namespace ChaosHarness.LocalCloud.LoadBalancing;

/// <summary>HAProxy with a fixed number of places for targets, told over its socket who stands in which.</summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    public const int Port = 8080;
    private const int Places = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly string?[] _targets = new string?[Places];
    private readonly SemaphoreSlim _turn = new(1);
    private ManagedProcess? _process;

    private LoadBalancer(CloudContext cloud, LoadBalancerPlan plan, string folder)
    {
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
        var folder = await cloud.Folder.AddAsync($"elb-{plan.Name}", null, cancellationToken);
        var balancer = new LoadBalancer(cloud, plan, folder);
        // It never sends a request again: what a target that is not marked down yet does not answer is an error of the client's.
        var haproxy = new HaproxyPlan($"{balancer.Address}:{Port}", plan.HealthCheckPath, $"server-template t 1-{Places} 127.0.0.1:1 disabled") { Socket = balancer.Socket };
        var prepared = await haproxy.PrepareAsync($"load balancer {plan.Name}", folder, cancellationToken);
        balancer._process = await ManagedProcess.StartAsync(prepared with { OnLine = line => cloud.Options.Log($"{plan.Name}: {line}") });
        await balancer._process.ReadyAsync(_ => Task.FromResult(File.Exists(balancer.Socket)), Patience, cancellationToken);
        return balancer;
    }

    /// <exception cref="AwsErrorException">All places are taken.</exception>
    public async Task RegisterAsync(Instance instance, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_targets.Contains(instance.Id))
            {
                var place = Array.IndexOf(_targets, null);
                if (place < 0)
                {
                    throw new AwsErrorException("TooManyTargets", $"This load balancer has places for {Places} targets.");
                }

                _targets[place] = instance.Id;
                await TellAsync($"set server servers/t{place + 1} addr {instance.Address} port {Instance.ServicePort}", cancellationToken);
                // Down until its checks pass: it would be taken for healthy at first.
                await TellAsync($"set server servers/t{place + 1} state ready; set server servers/t{place + 1} health down", cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task DeregisterAsync(string id, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var place = Array.IndexOf(_targets, id);
            if (place >= 0)
            {
                await TellAsync($"set server servers/t{place + 1} state maint", cancellationToken);
                _targets[place] = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Which targets there are, and what HAProxy thinks of each: <c>UP</c>, <c>DOWN</c> and so on, with the last check.</summary>
    public async Task<IReadOnlyList<(string Id, string Status, string Check)>> HealthAsync(CancellationToken cancellationToken)
    {
        var lines = (await TellAsync("show stat -1 4 -1", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].TrimStart('#', ' ').Split(',');
        var (server, status, check) = (Array.IndexOf(names, "svname"), Array.IndexOf(names, "status"), Array.IndexOf(names, "last_chk"));
        return [.. lines.Skip(1).Select(line => line.Split(','))
            .Select(fields => (Place: int.Parse(fields[server].AsSpan(1), CultureInfo.InvariantCulture) - 1, Status: fields[status], Check: fields[check]))
            .Where(entry => _targets[entry.Place] is not null)
            .Select(entry => (_targets[entry.Place]!, entry.Status, entry.Check))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync();
            process.Dispose();
        }

        _turn.Dispose();
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
}
