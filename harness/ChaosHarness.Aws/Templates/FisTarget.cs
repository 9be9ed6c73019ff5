using System.Globalization;
using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Templates;

/// <summary>What an action hits: resources of one type, chosen by tags, filters or ARNs. Immutable: each call returns a new target.</summary>
public sealed record FisTarget
{
    private FisTarget(string type) => ResourceType = type;

    /// <summary>EC2 instances.</summary>
    public static FisTarget Instances { get; } = new(FisCatalogue.Instance);

    /// <summary>RDS database instances.</summary>
    public static FisTarget Databases { get; } = new(FisCatalogue.Database);

    /// <summary>RDS clusters.</summary>
    public static FisTarget Clusters { get; } = new(FisCatalogue.Cluster);

    /// <summary>Subnets.</summary>
    public static FisTarget Subnets { get; } = new(FisCatalogue.Subnet);

    /// <summary>S3 buckets.</summary>
    public static FisTarget Buckets { get; } = new(FisCatalogue.Bucket);

    /// <summary>Roles whose calls to AWS are disturbed.</summary>
    public static FisTarget Roles { get; } = new(FisCatalogue.Role);

    /// <summary>Resources of any type that FIS knows, also of one that the harness does not.</summary>
    /// <param name="resourceType">Such as <c>aws:ecs:task</c>.</param>
    /// <returns>A target.</returns>
    public static FisTarget OfType(string resourceType) => new(resourceType);

    internal string ResourceType { get; }

    internal Dictionary<string, string> Tags { get; init; } = [];

    internal IReadOnlyList<string> Arns { get; init; } = [];

    internal IReadOnlyList<(string Path, IReadOnlyList<string> Values)> Filters { get; init; } = [];

    internal Dictionary<string, string> Parameters { get; init; } = [];

    internal string Selection { get; init; } = "ALL";

    /// <summary>Only those that have a tag.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new target.</returns>
    public FisTarget WithTag(string key, string value) => this with { Tags = new Dictionary<string, string>(Tags) { [key] = value } };

    /// <summary>Only these; cannot be combined with tags or filters.</summary>
    /// <param name="arns">One to five ARNs.</param>
    /// <returns>A new target.</returns>
    public FisTarget WithArns(params IReadOnlyList<string> arns) => this with { Arns = arns };

    /// <summary>Only those whose attribute has one of some values.</summary>
    /// <param name="path">The attribute as the service describes it, such as <c>State.Name</c>.</param>
    /// <param name="values">The values.</param>
    /// <returns>A new target.</returns>
    public FisTarget Where(string path, params IReadOnlyList<string> values) => this with { Filters = [.. Filters, (path, values)] };

    /// <summary>Only subnets of a zone.</summary>
    /// <param name="zone">Such as <c>us-east-1a</c>.</param>
    /// <returns>A new target.</returns>
    public FisTarget InZone(string zone) => With("availabilityZoneIdentifier", zone);

    /// <summary>Only those that a parameter of their type leaves; can be combined with tags and filters.</summary>
    /// <param name="name">Its name, such as <c>vpc</c>.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new target.</returns>
    public FisTarget With(string name, string value) => this with { Parameters = new Dictionary<string, string>(Parameters) { [name] = value } };

    /// <summary>At most so many of them, by chance.</summary>
    /// <param name="count">At least 1.</param>
    /// <returns>A new target.</returns>
    public FisTarget Count(int count) => this with { Selection = string.Create(CultureInfo.InvariantCulture, $"COUNT({count})") };

    /// <summary>A share of them, by chance, rounded down.</summary>
    /// <param name="percent">1 to 100.</param>
    /// <returns>A new target.</returns>
    public FisTarget Percent(int percent) => this with { Selection = string.Create(CultureInfo.InvariantCulture, $"PERCENT({percent})") };

    internal CreateExperimentTemplateTargetInput ToInput() => new()
    {
        ResourceType = ResourceType,
        ResourceTags = Tags.Count > 0 ? Tags : null,
        ResourceArns = Arns.Count > 0 ? [.. Arns] : null,
        Filters = Filters.Count > 0 ? [.. Filters.Select(filter => new ExperimentTemplateTargetInputFilter { Path = filter.Path, Values = [.. filter.Values] })] : null,
        Parameters = Parameters.Count > 0 ? Parameters : null,
        SelectionMode = Selection,
    };
}
