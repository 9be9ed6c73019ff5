using System.Net;
using Amazon.Runtime;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.LoadBalancing;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.LocalCloud.Rds;
using ChaosHarness.LocalCloud.Route53;
using ChaosHarness.LocalCloud.S3;
using ChaosHarness.Processes;

namespace ChaosHarness.LocalCloud;

/// <summary>
/// A cloud on this machine: it speaks the wire protocols of AWS over real processes. An instance is a process, a database a PostgreSQL server
/// with a real standby, a failover a real promotion. Ends with its owner, however that ends. Needs Linux.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable
{
    /// <summary>The port on which load balancers listen.</summary>
    public const int LoadBalancerPort = LoadBalancer.Port;

    /// <summary>The port of every instance's private address that leads to its program, which listens on <c>127.0.0.1:$PORT</c>.</summary>
    public const int InstancePort = Instance.ServicePort;

    // Reserved for tests: no such name is anybody else's.
    private const string NameSuffix = "localcloud.test";
    private readonly CancellationTokenSource _ended = new();
    private readonly SystemFolder _folder;
    private readonly CloudServer _server;
    private readonly NameServer _names;
    private readonly IReadOnlyList<CloudRegion> _regions;

    private LocalCloud(LocalCloudOptions options, TimeProvider time)
    {
        Options = options;
        _folder = SystemFolder.Create();
        var names = new NameZone(NameSuffix);
        _names = new NameServer(names);
        var credentials = new CredentialStore(options.Credentials);
        var connectivity = new Connectivity();
        var block = CloudNetwork.AnyBlock(options.Regions.Count);
        List<CloudContext> contexts = [.. options.Regions.Select((region, number) => new CloudContext(options, new CloudNetwork(region, number, block + number, connectivity), time, _folder, names, _ended.Token))];
        var buckets = new Buckets(contexts[0]);
        _regions = [.. contexts.Select(context => new CloudRegion(context, credentials, buckets))];
        foreach (var region in _regions)
        {
            region.Databases.In = name => _regions.FirstOrDefault(other => other.Context.Region == name)?.Databases;
        }

        buckets.IsLost = name => _regions.Any(region => region.Context.Region == name && region.Context.Outage.Hits(RegionParts.Replication));

        _server = new CloudServer(
            _regions,
            new Route53Service(contexts[0]),
            new SignatureCheck(credentials, options.Regions, options.AccountId, options.ClockSkew, time),
            new Throttle(options.CallsPerSecond, time),
            options.Log);
    }

    /// <summary>How it was set up.</summary>
    public LocalCloudOptions Options { get; }

    /// <summary>Where its API is: the endpoint of all services.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where its names are looked up: DNS, over UDP and TCP.</summary>
    public IPEndPoint NameServer => _names.EndPoint;

    /// <summary>The first of the keys that it knows, for clients.</summary>
    public AWSCredentials Credentials => new BasicAWSCredentials(Options.Credentials[0].AccessKeyId, Options.Credentials[0].SecretKey);

    /// <summary>Called with each answer of the API: the service, the operation, and what the caller gets.</summary>
    internal Action<string, string?, ApiResponse> OnAnswer
    {
        set => _server.OnAnswer = value;
    }

    internal CloudContext Context => _regions[0].Context;

    internal Compute Compute => _regions[0].Compute;

    internal Databases Databases => _regions[0].Databases;

    /// <summary>Starts a cloud.</summary>
    /// <param name="options">How it is set up; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The cloud, listening.</returns>
    /// <exception cref="ArgumentException">What is wrong with the options.</exception>
    /// <exception cref="NotRunException">A part of it is missing, and what to do.</exception>
    /// <exception cref="ImpossibleException">No machine like this one can run it.</exception>
    public static async Task<LocalCloud> StartAsync(LocalCloudOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ImpossibleException("LocalCloud runs processes that end with their owner, which needs Linux; on other systems point the experiments at an account");
        }

        options ??= new LocalCloudOptions();
        if (options.Mistakes.ToList() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(" ", mistakes), nameof(options));
        }

        var cloud = new LocalCloud(options, TimeProvider.System);
        try
        {
            await Task.WhenAll(cloud._regions.Select(region => region.StartAsync(cancellationToken)));
            cloud.Url = await cloud._server.StartAsync(cloud.Options.Port, cancellationToken);
            return cloud;
        }
        catch (Exception exception)
        {
            await cloud.DisposeAsync();
            if (exception is IOException)
            {
                throw new TopologyFailedException($"LocalCloud could not listen on port {cloud.Options.Port} of the loopback: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Loses a region at once, or parts of it: what runs there ends without a word, as without power, and its API is not answered.</summary>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    /// <param name="parts">What is lost of it.</param>
    /// <param name="isSilent">Whether callers hear nothing; otherwise they are refused.</param>
    /// <returns>When it is lost.</returns>
    /// <exception cref="ArgumentException">There is no such region.</exception>
    /// <exception cref="InvalidOperationException">It is lost already.</exception>
    public Task LoseAsync(string region, RegionParts parts = RegionParts.All, bool isSilent = true) => RegionOf(region).LoseAsync(parts, isSilent);

    /// <summary>Brings a region back that was lost: databases with what they had on disk, instances with their user data. One that is there stays as it is.</summary>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When its API answers, and its databases take clients; instances take their time to boot.</returns>
    /// <exception cref="ArgumentException">There is no such region.</exception>
    public Task BringBackAsync(string region, CancellationToken cancellationToken = default) => RegionOf(region).BringBackAsync(cancellationToken);

    /// <summary>The loss of a region as a fault. Undone by bringing it back; gone with this cloud however that ends.</summary>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    /// <param name="targets">The components of the system in that region.</param>
    /// <param name="parts">What is lost of it.</param>
    /// <param name="isSilent">Whether callers hear nothing; otherwise they are refused.</param>
    /// <returns>The fault.</returns>
    public Fault Loss(string region, IReadOnlyList<string> targets, RegionParts parts = RegionParts.All, bool isSilent = true) => new RegionLoss(this, region, targets, parts, isSilent);

    /// <summary>What of a region is lost at present.</summary>
    /// <param name="region">Such as <c>eu-west-1</c>.</param>
    /// <returns>Its lost parts.</returns>
    /// <exception cref="ArgumentException">There is no such region.</exception>
    public RegionParts LostOf(string region) => RegionOf(region).Context.Outage.Lost;

    /// <summary>Ends everything that it runs.</summary>
    /// <returns>When nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _names.Dispose();
        await _server.DisposeAsync();
        try
        {
            await Task.WhenAll(_regions.Select(region => region.DisposeAsync().AsTask()));
        }
        finally
        {
            // Whatever could not be ended above, the guardian ends.
            await _folder.DisposeAsync();
            _ended.Dispose();
        }
    }

    private CloudRegion RegionOf(string name) => _regions.FirstOrDefault(region => region.Context.Region == name)
        ?? throw new ArgumentException($"'{name}' is no region of this cloud: {string.Join(", ", Options.Regions)}.", nameof(name));
}
