using System.Collections.Concurrent;
using Amazon;
using Amazon.AutoScaling;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.ElasticLoadBalancingV2;
using Amazon.FIS;
using Amazon.RDS;
using Amazon.Route53;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using ChaosHarness.Aws.Signals;

namespace ChaosHarness.Aws.Accounts;

/// <summary>An account in a region, or something that speaks AWS's protocols: clients for it, and what may be broken in it.</summary>
public sealed class AwsAccount : IDisposable
{
    private readonly AWSCredentials? _credentials;
    private readonly ConcurrentDictionary<string, AwsAccount> _elsewhere = new(StringComparer.Ordinal);
    private readonly AwsAccount? _first;
    private readonly Lazy<AmazonFISClient> _fis;
    private readonly Lazy<AmazonRDSClient> _rds;
    private readonly Lazy<AmazonEC2Client> _ec2;
    private readonly Lazy<AmazonS3Client> _s3;
    private readonly Lazy<AmazonCloudWatchClient> _cloudWatch;
    private readonly Lazy<AmazonAutoScalingClient> _autoScaling;
    private readonly Lazy<AmazonElasticLoadBalancingV2Client> _loadBalancing;
    private readonly Lazy<AmazonSecurityTokenServiceClient> _sts;
    private readonly Lazy<AmazonRoute53Client> _route53;

    /// <summary>Names an account. Nothing is asked of it yet.</summary>
    /// <param name="region">The region.</param>
    /// <param name="credentials">Who asks; null for whom the usual chain finds: environment, profile, instance role.</param>
    /// <param name="endpoint">Where all services are; null for AWS itself, or where <c>AWS_ENDPOINT_URL</c> says.</param>
    public AwsAccount(RegionEndpoint region, AWSCredentials? credentials = null, Uri? endpoint = null)
        : this(region, credentials, endpoint, null)
    {
    }

    private AwsAccount(RegionEndpoint region, AWSCredentials? credentials, Uri? endpoint, AwsAccount? first)
    {
        ArgumentNullException.ThrowIfNull(region);
        Region = region.SystemName;
        Endpoint = endpoint;
        (_credentials, _first) = (credentials, first);
        _fis = Client(() => new AmazonFISConfig(), (known, config) => known is null ? new AmazonFISClient(config) : new AmazonFISClient(known, config));
        _rds = Client(() => new AmazonRDSConfig(), (known, config) => known is null ? new AmazonRDSClient(config) : new AmazonRDSClient(known, config));
        _ec2 = Client(() => new AmazonEC2Config(), (known, config) => known is null ? new AmazonEC2Client(config) : new AmazonEC2Client(known, config));
        _s3 = Client(() => new AmazonS3Config { ForcePathStyle = endpoint is not null }, (known, config) => known is null ? new AmazonS3Client(config) : new AmazonS3Client(known, config));
        _cloudWatch = Client(() => new AmazonCloudWatchConfig(), (known, config) => known is null ? new AmazonCloudWatchClient(config) : new AmazonCloudWatchClient(known, config));
        _autoScaling = Client(() => new AmazonAutoScalingConfig(), (known, config) => known is null ? new AmazonAutoScalingClient(config) : new AmazonAutoScalingClient(known, config));
        _loadBalancing = Client(() => new AmazonElasticLoadBalancingV2Config(), (known, config) => known is null ? new AmazonElasticLoadBalancingV2Client(config) : new AmazonElasticLoadBalancingV2Client(known, config));
        _sts = Client(() => new AmazonSecurityTokenServiceConfig(), (known, config) => known is null ? new AmazonSecurityTokenServiceClient(config) : new AmazonSecurityTokenServiceClient(known, config));
        // One for all regions: its control plane is in this one.
        _route53 = Client(() => new AmazonRoute53Config(), (known, config) => known is null ? new AmazonRoute53Client(config) : new AmazonRoute53Client(known, config), RegionEndpoint.USEast1);

        Lazy<TClient> Client<TClient, TConfig>(Func<TConfig> configure, Func<AWSCredentials?, TConfig, TClient> make, RegionEndpoint? always = null)
            where TConfig : ClientConfig => new(() =>
        {
            var config = configure();
            if (endpoint is null)
            {
                config.RegionEndpoint = always ?? region;
            }
            else
            {
                config.ServiceURL = endpoint.AbsoluteUri;
                config.AuthenticationRegion = (always ?? region).SystemName;
            }

            config.MaxErrorRetry = MaximumRetries;
            if (config is not AmazonS3Config)
            {
                config.Timeout = CallTimeout;
            }

            return make(credentials, config);
        });
    }

    /// <summary>The region, such as <c>us-east-1</c>.</summary>
    public string Region { get; }

    /// <summary>Where all services are; null for AWS itself.</summary>
    public Uri? Endpoint { get; }

    /// <summary>What may be broken in it.</summary>
    /// <value>Default: nothing.</value>
    public AwsPolicy Policy { get; init; } = new();

    /// <summary>How often a call is tried again that failed for a reason which may pass.</summary>
    /// <value>Default: 3.</value>
    public int MaximumRetries { get; init; } = 3;

    /// <summary>
    /// How long each try of a call may take: a region that is lost does not refuse, it hangs. S3 is left to the SDK, as what is read and written there
    /// may be large.
    /// </summary>
    /// <value>Default: 15 s.</value>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often states are looked at.</summary>
    /// <value>Default: every 500 ms.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether it was made by the run and ends with it: then nothing is left to undo after a kill.</summary>
    /// <value>Default: false.</value>
    public bool IsOwnedByRun { get; init; }

    /// <summary>Receives what people should read before an experiment: what it would hit, what it costs.</summary>
    /// <value>Default: standard output.</value>
    public Action<string> Tell { get; init; } = Console.Out.WriteLine;

    /// <summary>What experiments of FIS do in it, for the timeline of a run.</summary>
    public AccountSignals Signals { get; private init; } = new();

    /// <summary>The client of FIS.</summary>
    public IAmazonFIS Fis => _fis.Value;

    /// <summary>The client of RDS.</summary>
    public IAmazonRDS Rds => _rds.Value;

    /// <summary>The client of EC2.</summary>
    public IAmazonEC2 Ec2 => _ec2.Value;

    /// <summary>The client of S3.</summary>
    public IAmazonS3 S3 => _s3.Value;

    /// <summary>The client of CloudWatch.</summary>
    public IAmazonCloudWatch CloudWatch => _cloudWatch.Value;

    /// <summary>The client of Auto Scaling.</summary>
    public IAmazonAutoScaling AutoScaling => _autoScaling.Value;

    /// <summary>The client of Elastic Load Balancing.</summary>
    public IAmazonElasticLoadBalancingV2 LoadBalancing => _loadBalancing.Value;

    /// <summary>The client of STS.</summary>
    public IAmazonSecurityTokenService Sts => _sts.Value;

    /// <summary>The client of Route 53, which is one for all regions.</summary>
    public IAmazonRoute53 Route53 => _route53.Value;

    /// <summary>Looks whether anything may be broken in it: who the caller is, and what the policy allows.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Why not; null when it may.</returns>
    public Task<string?> WhyRefusedAsync(CancellationToken cancellationToken) => AccountCheck.WhyRefusedAsync(this, cancellationToken);

    /// <summary>The same account in another region, with the same settings and signals. It ends with the one that was made by its name.</summary>
    /// <param name="region">The region.</param>
    /// <returns>The account there; the same one each time.</returns>
    public AwsAccount InRegion(RegionEndpoint region)
    {
        ArgumentNullException.ThrowIfNull(region);
        var first = _first ?? this;
        return region.SystemName == first.Region ? first : first._elsewhere.GetOrAdd(region.SystemName, _ => new AwsAccount(region, _credentials, Endpoint, first)
        {
            Signals = Signals,
            Policy = Policy,
            MaximumRetries = MaximumRetries,
            CallTimeout = CallTimeout,
            PollInterval = PollInterval,
            IsOwnedByRun = IsOwnedByRun,
            Tell = Tell,
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var account in _elsewhere.Values)
        {
            account.Dispose();
        }

        foreach (var client in new IDisposable?[] { Made(_fis), Made(_rds), Made(_ec2), Made(_s3), Made(_cloudWatch), Made(_autoScaling), Made(_loadBalancing), Made(_sts), Made(_route53) })
        {
            client?.Dispose();
        }

        static IDisposable? Made<T>(Lazy<T> client)
            where T : IDisposable => client.IsValueCreated ? client.Value : null;
    }
}
