using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Systems;

namespace ChaosHarness.Aws.Signals;

/// <summary>What a load balancer thinks of its targets: one that becomes unhealthy is a detection, one that becomes healthy a recovery.</summary>
/// <param name="account">The account.</param>
/// <param name="targetGroupArn">The group of targets.</param>
public sealed class TargetHealth(AwsAccount account, string targetGroupArn) : PolledSignals((account ?? throw new ArgumentNullException(nameof(account))).PollInterval)
{
    /// <summary>The source of the signals about a target.</summary>
    /// <param name="target">The id of the target.</param>
    /// <returns>The source.</returns>
    public static string SourceOf(string target) => "load balancer: " + target;

    private protected override Func<CancellationToken, Task<IReadOnlyList<Signal>>> Begin()
    {
        Dictionary<string, bool>? before = null;
        return async cancellationToken =>
        {
            var health = await account.LoadBalancing.DescribeTargetHealthAsync(new DescribeTargetHealthRequest { TargetGroupArn = targetGroupArn }, cancellationToken).ConfigureAwait(false);
            var now = (health.TargetHealthDescriptions ?? []).ToDictionary(target => target.Target.Id, target => target.TargetHealth.State == TargetHealthStateEnum.Healthy, StringComparer.Ordinal);
            var known = before;
            before = now;
            return known is null ? [] : [.. Changes(known, now)];
        };
    }

    private static IEnumerable<Signal> Changes(Dictionary<string, bool> before, Dictionary<string, bool> now)
    {
        var timestamp = TimeProvider.System.GetTimestamp();
        foreach (var (target, isHealthy) in now.Where(target => target.Value != before.GetValueOrDefault(target.Key)))
        {
            yield return new Signal(timestamp, SourceOf(target), isHealthy ? SignalKind.Recovered : SignalKind.Detected, isHealthy ? "healthy" : "unhealthy");
        }

        foreach (var (target, _) in before.Where(target => target.Value && !now.ContainsKey(target.Key)))
        {
            yield return new Signal(timestamp, SourceOf(target), SignalKind.Detected, "taken out of the group");
        }
    }
}
