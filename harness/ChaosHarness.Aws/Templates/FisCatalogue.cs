using System.Text.RegularExpressions;
using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Templates;

/// <summary>The actions that the harness knows in full: it checks templates with them, and LocalCloud does them. FIS has more, and gets new ones.</summary>
internal static partial class FisCatalogue
{
    public const string Instance = "aws:ec2:instance";
    public const string Subnet = "aws:ec2:subnet";
    public const string Database = "aws:rds:db";
    public const string Cluster = "aws:rds:cluster";
    public const string Bucket = "aws:s3:bucket";
    public const string Role = "aws:iam:role";

    /// <summary>The types of targets, with the parameters that a target of it may have.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ResourceTypes { get; } = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Instance] = [],
        [Subnet] = ["availabilityZoneIdentifier", "vpc"],
        [Database] = ["availabilityZoneIdentifiers"],
        [Cluster] = ["writerAvailabilityZoneIdentifiers"],
        [Bucket] = [],
        [Role] = [],
    };

    public static IReadOnlyDictionary<string, FisActionType> Actions { get; } = new SortedDictionary<string, FisActionType>(
        new FisActionType[]
        {
            new("aws:cloudwatch:assert-alarm-state", "Asserts that alarms are in one of the states given.", null, Text("alarmArns"), Text("alarmStates")),
            new("aws:ec2:reboot-instances", "Reboots instances.", ("Instances", Instance)),
            new("aws:ec2:stop-instances", "Stops instances, and starts them again after a time if one is given.", ("Instances", Instance), Optional("startInstancesAfterDuration", FisParameterKind.Duration), Optional("completeIfInstancesTerminated", FisParameterKind.Flag)),
            new("aws:ec2:terminate-instances", "Terminates instances.", ("Instances", Instance)),
            new("aws:fis:inject-api-internal-error", "Makes calls of roles fail with an internal error.", ("Roles", Role), ApiParameters),
            new("aws:fis:inject-api-throttle-error", "Makes calls of roles fail as throttled.", ("Roles", Role), ApiParameters),
            new("aws:fis:inject-api-unavailable-error", "Makes calls of roles fail as unavailable.", ("Roles", Role), ApiParameters),
            new("aws:fis:wait", "Waits.", null, Duration("duration")),
            new("aws:network:disrupt-connectivity", "Denies traffic to and from subnets.", ("Subnets", Subnet), Duration("duration"), Text("scope"), Optional("prefixListIdentifier")),
            new("aws:rds:failover-db-cluster", "Fails clusters over to a reader.", ("Clusters", Cluster)),
            new("aws:rds:reboot-db-instances", "Reboots database instances.", ("DBInstances", Database), Optional("forceFailover", FisParameterKind.Flag)),
            new("aws:s3:bucket-pause-replication", "Pauses replication from buckets.", ("Buckets", Bucket), Duration("duration"), Text("region"), Optional("destinationBuckets"), Optional("prefixes")),
            new("aws:ssm:send-command", "Runs a command on instances.", ("Instances", Instance), Duration("duration"), Text("documentArn"), Optional("documentVersion"), Optional("documentParameters")),
        }.ToDictionary(action => action.Id),
        StringComparer.Ordinal);

    /// <summary>The actions that change nothing: when only they ran, nothing was injected.</summary>
    public static IReadOnlySet<string> Idle { get; } = new HashSet<string>(StringComparer.Ordinal) { "aws:fis:wait", "aws:cloudwatch:assert-alarm-state" };

    /// <summary>Whether a text is written as the names of actions and of types of targets are.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>What of a template is not in the catalogue: FIS may know it all the same, and nothing here can check it.</summary>
    public static IReadOnlyList<TemplateMistake> Unfamiliar(CreateExperimentTemplateRequest template) =>
    [
        .. (template.Targets ?? []).Where(target => target.Value.ResourceType is { } type && !ResourceTypes.ContainsKey(type))
            .Select(target => new TemplateMistake($"targets.{target.Key}.resourceType", $"'{target.Value.ResourceType}' is no type of target that the harness knows{Likeness.Hint(target.Value.ResourceType, ResourceTypes.Keys)}")),
        .. (template.Actions ?? []).Where(action => action.Value.ActionId is { } id && !Actions.ContainsKey(id))
            .Select(action => new TemplateMistake($"actions.{action.Key}.actionId", $"'{action.Value.ActionId}' is no action that the harness knows{Likeness.Hint(action.Value.ActionId, Actions.Keys)}")),
    ];

    [GeneratedRegex(@"^[a-z0-9-]+:[a-z0-9-]+:[A-Za-z0-9/-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private static FisParameter[] ApiParameters => [Duration("duration"), Text("service"), new("percentage", Required: true, FisParameterKind.Percentage), Text("operations")];

    private static FisParameter Text(string name) => new(name, Required: true);

    private static FisParameter Duration(string name) => new(name, Required: true, FisParameterKind.Duration);

    private static FisParameter Optional(string name, FisParameterKind kind = FisParameterKind.Text) => new(name, Required: false, kind);
}
