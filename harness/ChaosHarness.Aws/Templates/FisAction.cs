using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Aws.Templates;

/// <summary>Something that an experiment does.</summary>
/// <param name="Id">Such as <c>aws:ec2:stop-instances</c>.</param>
/// <param name="Target">The name of the target in the template; null when the action has none.</param>
public sealed record FisAction(string Id, string? Target = null)
{
    /// <summary>Its parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What the action calls its target, such as <c>Instances</c>.</summary>
    /// <value>Default: null, for what the harness knows of the action; one that it does not know needs it.</value>
    public string? TargetName { get; init; }

    /// <summary>Stops instances, and starts them again after a time: also when the experiment is stopped before.</summary>
    /// <param name="target">The instances.</param>
    /// <param name="startAgainAfter">Such as <c>2m</c>; a minute to twelve hours.</param>
    /// <param name="completeIfTerminated">Whether all is well when somebody else terminates them meanwhile, as an Auto Scaling group does with its members; else the action fails.</param>
    /// <returns>The action.</returns>
    public static FisAction StopInstances(string target, string startAgainAfter, bool completeIfTerminated = false)
    {
        var stop = new FisAction("aws:ec2:stop-instances", target).With("startInstancesAfterDuration", Iso(startAgainAfter));
        return completeIfTerminated ? stop.With("completeIfInstancesTerminated", "true") : stop;
    }

    /// <summary>Reboots instances.</summary>
    /// <param name="target">The instances.</param>
    /// <returns>The action.</returns>
    public static FisAction RebootInstances(string target) => new("aws:ec2:reboot-instances", target);

    /// <summary>Terminates instances, which nothing brings back but an Auto Scaling group.</summary>
    /// <param name="target">The instances.</param>
    /// <returns>The action.</returns>
    public static FisAction TerminateInstances(string target) => new("aws:ec2:terminate-instances", target);

    /// <summary>Reboots database instances.</summary>
    /// <param name="target">The instances.</param>
    /// <param name="forceFailover">Whether the standby takes over; needs Multi-AZ.</param>
    /// <returns>The action.</returns>
    public static FisAction RebootDatabases(string target, bool forceFailover) => new FisAction("aws:rds:reboot-db-instances", target).With("forceFailover", forceFailover ? "true" : "false");

    /// <summary>Fails clusters over to a reader.</summary>
    /// <param name="target">The clusters.</param>
    /// <returns>The action.</returns>
    public static FisAction FailOverClusters(string target) => new("aws:rds:failover-db-cluster", target);

    /// <summary>Denies traffic to and from subnets.</summary>
    /// <param name="target">The subnets.</param>
    /// <param name="duration">Such as <c>2m</c>; a minute to twelve hours.</param>
    /// <param name="scope">From what they are cut off: <c>all</c>, or <c>availability-zone</c> for other zones alone.</param>
    /// <returns>The action.</returns>
    public static FisAction DisruptConnectivity(string target, string duration, string scope = "all") => new FisAction("aws:network:disrupt-connectivity", target).With("duration", Iso(duration)).With("scope", scope);

    /// <summary>Pauses replication from buckets.</summary>
    /// <param name="target">The buckets.</param>
    /// <param name="duration">Such as <c>2m</c>; a minute to twelve hours.</param>
    /// <param name="region">The region of the buckets that are replicated to.</param>
    /// <returns>The action.</returns>
    public static FisAction PauseReplication(string target, string duration, string region) => new FisAction("aws:s3:bucket-pause-replication", target).With("duration", Iso(duration)).With("region", region);

    /// <summary>Makes a share of calls to AWS fail as throttled.</summary>
    /// <param name="target">The roles whose calls are hit.</param>
    /// <param name="duration">Such as <c>2m</c>; a minute to twelve hours.</param>
    /// <param name="service">The service, such as <c>ec2</c>.</param>
    /// <param name="operations">The operations, with commas.</param>
    /// <param name="percentage">1 to 100.</param>
    /// <returns>The action.</returns>
    public static FisAction ThrottleCalls(string target, string duration, string service, string operations, int percentage) => new FisAction("aws:fis:inject-api-throttle-error", target)
        .With("duration", Iso(duration)).With("service", service).With("operations", operations).With("percentage", percentage.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits.</summary>
    /// <param name="duration">Such as <c>2m</c>; a minute to twelve hours.</param>
    /// <returns>The action.</returns>
    public static FisAction Wait(string duration) => new FisAction("aws:fis:wait").With("duration", Iso(duration));

    /// <summary>The same action with a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new action.</returns>
    public FisAction With(string name, string value) => this with { Parameters = new Dictionary<string, string>(Parameters) { [name] = value } };

    // A text that is no duration stays as it is: the check of the template says so, with everything else that is wrong.
    private static string Iso(string duration) => DurationText.TryParse(duration, out var span) ? FisDuration.Format(span) : duration;
}
