using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.Resources;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>What a kind of resource is filtered by: a name for each attribute, and its tags.</summary>
internal sealed class ResourceFilters<T>(IReadOnlyDictionary<string, Func<T, string?>> attributes, Func<T, IReadOnlyDictionary<string, string>>? tagsOf = null)
{
    /// <summary>Reads the filters of a request. All of them have to hold, of the values of each one.</summary>
    /// <exception cref="AwsErrorException">There is no such filter; also where nothing is there to be filtered.</exception>
    public Func<T, bool> Read(Form form)
    {
        var filters = form.Structures("Filter").Select(prefix => Of(form.Required(prefix + "Name"), form.List(prefix + "Value"))).ToList();
        return item => filters.TrueForAll(holds => holds(item));
    }

    private Func<T, bool> Of(string name, IReadOnlyList<string> values)
    {
        if (tagsOf is not null && name == "tag-key")
        {
            return item => tagsOf(item).Keys.Any(key => values.Any(value => Wildcard.Matches(value, key)));
        }

        if (tagsOf is not null && name.StartsWith("tag:", StringComparison.Ordinal))
        {
            var key = name["tag:".Length..];
            return item => tagsOf(item).TryGetValue(key, out var tag) && values.Any(value => Wildcard.Matches(value, tag));
        }

        var attribute = attributes.TryGetValue(name, out var found) ? found : throw new AwsErrorException("InvalidParameterValue", $"The filter '{name}' is invalid");
        return item => values.Any(value => Wildcard.Matches(value, attribute(item)));
    }
}

