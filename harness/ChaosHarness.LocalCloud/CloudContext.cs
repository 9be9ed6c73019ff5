using System.Security.Cryptography;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.Processes;

namespace ChaosHarness.LocalCloud;

/// <summary>What all services of a region of a local cloud share.</summary>
internal sealed class CloudContext(LocalCloudOptions options, CloudNetwork network, TimeProvider time, SystemFolder folder, NameZone names, CancellationToken ended)
{
    /// <summary>What of the region is lost at present.</summary>
    public RegionOutage Outage { get; } = new();

    public LocalCloudOptions Options => options;

    public TimeProvider Time => time;

    public SystemFolder Folder => folder;

    /// <summary>Fires when the cloud ends.</summary>
    public CancellationToken Ended => ended;

    public string Region => network.Region;

    public string AccountId => options.AccountId;

    public CloudNetwork Network => network;

    /// <summary>The names of all regions: they can be looked up from anywhere.</summary>
    public NameZone Names => names;

    public CloudClock Clock { get; } = new(time, options.Speed);

    public DateTime Now => Clock.Now;

    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{AccountId}:{resource}";

    /// <summary>The name of an endpoint, such as <c>orders.0a1b2c3d4e5f.us-east-1.rds.localcloud.test</c>.</summary>
    public string NameOf(string name, string service) => $"{name}.{NewId("", 12)}.{Region}.{service}.{Names.Suffix}";

    /// <summary>Runs work that outlives the call which began it; what goes wrong is logged.</summary>
    public void InBackground(string what, Func<CancellationToken, Task> work) => _ = Task.Run(async () =>
    {
        try
        {
            await work(ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The cloud ends.
        }
        catch (Exception exception)
        {
            options.Log($"{what} failed: {exception.Message}");
        }
    });

    /// <summary>An id such as <c>i-0f3a...</c>.</summary>
    public static string NewId(string prefix, int digits = 17) => prefix + RandomNumberGenerator.GetHexString(digits, lowercase: true);
}
