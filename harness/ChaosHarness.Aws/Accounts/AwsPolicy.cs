namespace ChaosHarness.Aws.Accounts;

/// <summary>What may be broken in AWS. Checked before anything is created there; a refusal names the rule.</summary>
public sealed record AwsPolicy
{
    /// <summary>The accounts that may be broken, twelve digits each.</summary>
    /// <value>Default: none, and so nothing may.</value>
    public IReadOnlyList<string> AllowedAccounts { get; init; } = [];

    /// <summary>The regions that may be broken.</summary>
    /// <value>Default: none, and so nothing may.</value>
    public IReadOnlyList<string> AllowedRegions { get; init; } = [];

    /// <summary>Tags that every target has to be chosen by, so that nothing is hit that was not meant: instances, databases, clusters, buckets.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> RequiredTags { get; init; } = new Dictionary<string, string>();

    /// <summary>The most resources that a target of an experiment may stand for.</summary>
    /// <value>Default: 5.</value>
    public int MaximumTargets { get; init; } = 5;

    /// <summary>The greatest share of the resources that fit a target's tags and filters which it may take, above 0 and up to 1; not judged where only one fits.</summary>
    /// <value>Default: 0.5.</value>
    public double MaximumTargetShare { get; init; } = 0.5;
}
