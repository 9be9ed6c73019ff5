using System.Net;
using Amazon.Runtime;
using ChaosHarness.Experiments;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.LoadBalancing;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.LocalCloud.Rds;
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
    private readonly NameServer? _names;
    private readonly IReadOnlyList<CloudRegion> _regions;

    private LocalCloud(LocalCloudOptions options, TimeProvider time)
    {
        Options = options;
        _folder = SystemFolder.Create();
        var names = new NameZone(NameSuffix);
        _names = options.Names ? new NameServer(names) : null;
        var credentials = new CredentialStore(options.Credentials);
        var connectivity = new Connectivity();
        var block = CloudNetwork.AnyBlock(options.Regions.Count);
        List<CloudContext> contexts = [.. options.Regions.Select((region, number) => new CloudContext(options, new CloudNetwork(region, number, block + number, connectivity), time, _folder, names, _ended.Token))];
        var buckets = new Buckets(contexts[0]);
        _regions = [.. contexts.Select(context => new CloudRegion(context, credentials, buckets))];
        _server = new CloudServer(
            _regions,
            new SignatureCheck(credentials, options.Regions, options.AccountId, options.ClockSkew, time),
            new Throttle(options.CallsPerSecond, time),
            options.Log);
    }

    /// <summary>How it was set up.</summary>
    public LocalCloudOptions Options { get; }

    /// <summary>Where its API is: the endpoint of all services.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where its names are looked up: DNS, over UDP and TCP.</summary>
    /// <exception cref="InvalidOperationException">It has no names: <see cref="LocalCloudOptions.Names"/>.</exception>
    public IPEndPoint NameServer => _names?.EndPoint ?? throw new InvalidOperationException($"The endpoints of this cloud are addresses. Set {nameof(LocalCloudOptions)}.{nameof(LocalCloudOptions.Names)}.");

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

    /// <summary>Ends everything that it runs.</summary>
    /// <returns>When nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _names?.Dispose();
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
}
