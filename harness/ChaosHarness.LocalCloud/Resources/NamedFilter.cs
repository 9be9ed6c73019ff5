using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Resources;

/// <summary>A filter of a describe call, by its name and values; unknown ones are errors.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Values">Of which one has to hold.</param>
internal sealed record NamedFilter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Those of a list for which all filters hold.</summary>
    /// <exception cref="AwsErrorException">There is no such filter; also where nothing is there to be filtered.</exception>
    public static IReadOnlyList<T> Apply<T>(IReadOnlyList<T> all, IEnumerable<NamedFilter> filters, IReadOnlyDictionary<string, Func<T, IEnumerable<string?>>> attributes, Func<string, AwsErrorException> unknown)
    {
        var found = all;
        foreach (var filter in filters)
        {
            var attribute = attributes.TryGetValue(filter.Name, out var known) ? known : throw unknown(filter.Name);
            found = [.. found.Where(item => attribute(item).Any(value => filter.Values.Contains(value, StringComparer.OrdinalIgnoreCase)))];
        }

        return found;
    }
}
