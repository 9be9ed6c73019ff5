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

    /// <summary>
    /// Tags that every target has to be chosen by, of whatever type, so that nothing is hit that was not meant. Filters and parameters may narrow a
    /// target further; a target that nothing but parameters choose is refused.
    /// </summary>
    /// <value>Default: none. Then any tag will do, and before each experiment that is told.</value>
    public IReadOnlyDictionary<string, string> RequiredTags { get; init; } = new Dictionary<string, string>();

    /// <summary>The resources that a target may name by their ARNs in place of tags, such as roles, each in full.</summary>
    /// <value>Default: none, and so every target has to be chosen by tags.</value>
    public IReadOnlyList<string> AllowedArns { get; init; } = [];

    /// <summary>The most resources that a target of an experiment may stand for; dead ones do not count.</summary>
    /// <value>Default: 5.</value>
    public int MaximumTargets { get; init; } = 5;

    /// <summary>The greatest share of the resources that fit a target's tags and filters which it may take, of those that live, above 0 and up to 1; not judged where only one fits.</summary>
    /// <value>Default: 0.5.</value>
    public double MaximumTargetShare { get; init; } = 0.5;
}
