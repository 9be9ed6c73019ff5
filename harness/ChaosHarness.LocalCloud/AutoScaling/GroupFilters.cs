using Amazon.AutoScaling.Model;

namespace ChaosHarness.LocalCloud.AutoScaling;

/// <summary>What groups are filtered by: their tags.</summary>
internal static class GroupFilters
{
    private const string ByTag = "tag:";

    public static IReadOnlyDictionary<string, Func<ScalingGroup, IEnumerable<string?>>> For(List<Filter>? filters)
    {
        var attributes = new Dictionary<string, Func<ScalingGroup, IEnumerable<string?>>>(StringComparer.Ordinal)
        {
            ["tag-key"] = group => group.Tags.Select(tag => tag.Key),
            ["tag-value"] = group => group.Tags.Select(tag => tag.Value),
        };
        foreach (var name in (filters ?? []).Select(filter => filter.Name ?? "").Where(name => name.StartsWith(ByTag, StringComparison.Ordinal)))
        {
            attributes[name] = group => group.Tags.Where(tag => tag.Key == name[ByTag.Length..]).Select(tag => tag.Value);
        }

        return attributes;
    }
}
