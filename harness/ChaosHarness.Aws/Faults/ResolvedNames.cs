using Amazon.FIS.Model;

namespace ChaosHarness.Aws.Faults;

/// <summary>What resolved targets are called: most types by their ARN, others, such as pods, by what FIS says of them.</summary>
internal static class ResolvedNames
{
    public static string? ArnOf(ResolvedTarget target) => target.TargetInformation?.GetValueOrDefault("arn");

    public static string Of(ResolvedTarget target) => ArnOf(target) ?? (target.TargetInformation is { Count: > 0 } known
        ? string.Join(", ", known.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))
        : $"something of type {target.ResourceType}");

    /// <summary>What a resource is called within its service: the end of its ARN.</summary>
    public static string IdOf(string arn) => arn[(arn.LastIndexOfAny(['/', ':']) + 1)..];
}
