using System.Globalization;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>What of a request an operation honours. Anything else is refused by name: a member that is passed over is an experiment that does something else than it says.</summary>
internal sealed class HonouredMembers
{
    private readonly Dictionary<string, string[]> _values;

    private HonouredMembers(Dictionary<string, string[]> values) => _values = values;

    /// <summary>Reads a list of names: <c>Port</c> for any value, <c>StorageType=gp2|gp3</c> for what there is only so, <c>Placement.AvailabilityZone</c> for one part of a structure.</summary>
    public static HonouredMembers Of(string names) => new(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(name => name.Split('='))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1].Split('|') : [], StringComparer.Ordinal));

    /// <exception cref="AwsErrorException">A parameter that is given is not honoured.</exception>
    public void Check(string operation, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (parameter, value) in parameters)
        {
            if (parameter is "Action" or "Version" || parameter.StartsWith("X-Amz-", StringComparison.Ordinal))
            {
                continue;
            }

            var path = string.Join('.', parameter.Split('.').Where(part => !int.TryParse(part, CultureInfo.InvariantCulture, out _)));
            if (ValuesOf(path) is not { } values)
            {
                throw NotImplemented($"the member {path} of {operation}");
            }

            if (values.Length > 0 && !values.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                throw NotImplemented($"{path}={value} of {operation}, only {string.Join(" or ", values)}");
            }
        }
    }

    /// <summary>The error for what AWS has and this cloud has not.</summary>
    public static AwsErrorException NotImplemented(string what) => new("NotImplemented", $"This cloud does not do {what}.", 501);

    private string[]? ValuesOf(string path)
    {
        for (var name = path; ; name = name[..name.LastIndexOf('.')])
        {
            if (_values.TryGetValue(name, out var values))
            {
                return values;
            }

            if (!name.Contains('.', StringComparison.Ordinal))
            {
                return null;
            }
        }
    }
}
