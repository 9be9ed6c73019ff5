using Amazon;
using ChaosHarness.Fixtures.Aws;

namespace Experiments.Cloud;

/// <summary>
/// The order system that the experiments on AWS break: in an account when <c>CHAOSHARNESS_AWS_SYSTEM</c> names it, else in a local cloud. One for
/// all of them, a new one when the last experiment left it unwell.
/// </summary>
[SetUpFixture]
public sealed class SharedCloudSystem
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static LocalCloudOrderSystem? s_local;
    private static readonly Lazy<AwsAccount> InAccount = new(Account);

    /// <summary>Whether the experiments run in a local cloud.</summary>
    public static bool IsLocal => SystemName is null;

    private static string? SystemName => Setting("CHAOSHARNESS_AWS_SYSTEM");

    /// <summary>Finds the system as it is now, well.</summary>
    public static async Task<AwsOrderSystem> FindAsync(CancellationToken cancellationToken)
    {
        if (SystemName is { } name)
        {
            return await AwsOrderSystem.FindAsync(InAccount.Value, name, Setting("CHAOSHARNESS_AWS_ENVIRONMENT") ?? "staging", "aws", 80, 1, cancellationToken);
        }

        if (s_local is { } running && await BecomesWellAsync(running, cancellationToken) is { } system)
        {
            return system;
        }

        await EndAsync();
        s_local = await LocalCloudOrderSystem.StartAsync(cancellationToken: cancellationToken);
        return await s_local.FindAsync(cancellationToken);
    }

    [OneTimeTearDown]
    public static async Task EndAsync()
    {
        if (s_local is { } system)
        {
            s_local = null;
            await system.DisposeAsync();
        }
    }

    // What an experiment broke is mended by the cloud itself, which takes it a while.
    private static async Task<AwsOrderSystem?> BecomesWellAsync(LocalCloudOrderSystem running, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var system = await running.FindAsync(limit.Token);
                if (system.Instances.Count == system.Capacity && await system.IsWellAsync(limit.Token))
                {
                    return system;
                }

                system.Dispose();
                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static AwsAccount Account()
    {
        var region = Setting("AWS_REGION") ?? throw new InvalidOperationException("Set AWS_REGION to the region of the system.");
        var system = SystemName!;
        var accounts = (Setting("CHAOSHARNESS_AWS_ACCOUNTS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new AwsAccount(RegionEndpoint.GetBySystemName(region))
        {
            Policy = new AwsPolicy
            {
                AllowedAccounts = accounts,
                AllowedArns = [.. accounts.Select(AwsOrderSystem.OperatorArn)],
                AllowedRegions = [region],
                RequiredTags = new Dictionary<string, string> { [AwsOrderSystem.SystemTag] = system },
            },
            Tell = TestContext.Progress.WriteLine,
        };
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
