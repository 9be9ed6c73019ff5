using System.Security.Cryptography;
using ChaosHarness.Processes;
using ChaosHarness.LocalCloud.Networking;

namespace ChaosHarness.LocalCloud;

/// <summary>What all services of a local cloud share.</summary>
internal sealed class CloudContext(LocalCloudOptions options, TimeProvider time, SystemFolder folder, CancellationToken ended)
{
    public LocalCloudOptions Options => options;

    public TimeProvider Time => time;

    public SystemFolder Folder => folder;

    /// <summary>Fires when the cloud ends.</summary>
    public CancellationToken Ended => ended;

    public string Region => options.Region;

    public string AccountId => options.AccountId;

    public CloudNetwork Network { get; } = new(options.Region);

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{AccountId}:{resource}";

    /// <summary>Waits for what takes AWS this long.</summary>
    public Task SlownessAsync(TimeSpan inAws, CancellationToken cancellationToken) => Task.Delay(inAws / options.Speed, time, cancellationToken);

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
