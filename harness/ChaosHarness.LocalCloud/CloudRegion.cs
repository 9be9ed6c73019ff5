using ChaosHarness.LocalCloud.AutoScaling;
using ChaosHarness.LocalCloud.CloudWatch;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Fis;
using ChaosHarness.LocalCloud.Fis.Actions;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.LoadBalancing;
using ChaosHarness.LocalCloud.Rds;
using ChaosHarness.LocalCloud.S3;
using ChaosHarness.LocalCloud.Sts;

namespace ChaosHarness.LocalCloud;

/// <summary>A region of a local cloud: services of its own, with resources that no other region sees. Keys and the names of buckets are the cloud's.</summary>
internal sealed class CloudRegion : IAsyncDisposable
{
    private readonly LoadBalancers _balancers;
    // What was lost and is not known to be back: an attempt that failed is made again.
    private RegionParts _owed;

    public CloudRegion(CloudContext context, CredentialStore credentials, Buckets buckets)
    {
        Context = context;
        Compute = new Compute(context);
        var metrics = new Metrics(context.Time);
        Databases = new Databases(context, metrics);
        _balancers = new LoadBalancers(context);
        var alarms = new Alarms(context, metrics);
        IFisAction[] actions =
        [
            new Wait(),
            new StopInstances(Compute),
            new RebootInstances(Compute),
            new TerminateInstances(Compute),
            new RebootDatabases(Databases),
            new FailOverClusters(Databases),
            new DisruptConnectivity(),
            new InjectApiError(ApiFaults),
            new AssertAlarmState(alarms),
            new PauseReplication(buckets),
            new SendCommand(Compute),
        ];
        ICloudService[] services =
        [
            new StsService(context, credentials),
            new Ec2Service(context, Compute),
            new RdsService(context, Databases),
            new S3Service(context, buckets),
            new AutoScalingService(context, Compute, _balancers),
            new ElasticLoadBalancingService(context, _balancers, Compute),
            new CloudWatchService(context, metrics, alarms),
            new FisService(context, new TargetResolver(new TargetResources(context, Compute, Databases, buckets)), actions, alarms),
        ];
        Services = services.ToDictionary(service => service.SigningName, StringComparer.Ordinal);
    }

    public CloudContext Context { get; }

    /// <summary>The services, by the name that requests are signed for.</summary>
    public IReadOnlyDictionary<string, ICloudService> Services { get; }

    public ApiFaults ApiFaults { get; } = new();

    public Compute Compute { get; }

    public Databases Databases { get; }

    /// <exception cref="InvalidOperationException">It is lost already.</exception>
    public async Task LoseAsync(RegionParts parts, bool isSilent)
    {
        if (Context.Outage.Lost != RegionParts.None)
        {
            throw new InvalidOperationException($"The region {Context.Region} is lost already ({Context.Outage.Lost}). Bring it back first.");
        }

        Context.Options.Log($"{Context.Region}: lost: {parts}");
        Context.Outage.Begin(parts, isSilent);
        await Task.WhenAll(
            parts.HasFlag(RegionParts.Entry) ? _balancers.LoseAsync(isSilent) : Task.CompletedTask,
            parts.HasFlag(RegionParts.Instances) ? Compute.LosePowerAsync() : Task.CompletedTask,
            parts.HasFlag(RegionParts.Databases) ? Databases.LosePowerAsync() : Task.CompletedTask);
    }

    /// <summary>Brings back what was lost; called again after a failure.</summary>
    public async Task BringBackAsync(CancellationToken cancellationToken)
    {
        var lost = _owed |= Context.Outage.Lost;
        Context.Outage.End();
        if (lost.HasFlag(RegionParts.Instances))
        {
            Compute.GivePower();
        }

        await Task.WhenAll(
            lost.HasFlag(RegionParts.Entry) ? _balancers.BringBackAsync(cancellationToken) : Task.CompletedTask,
            lost.HasFlag(RegionParts.Databases) ? Databases.GivePowerAsync(cancellationToken) : Task.CompletedTask);
        _owed = RegionParts.None;
        Context.Options.Log($"{Context.Region}: back");
    }

    /// <summary>Starts what runs from the beginning.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _balancers.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await Task.WhenAll(new IAsyncDisposable[] { Compute, Databases, _balancers }.Select(part => part.DisposeAsync().AsTask()));
}
