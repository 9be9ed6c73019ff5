using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Ec2;

/// <summary>Tags in a request.</summary>
internal static class Ec2Tags
{
    /// <summary>As many as a resource has at most.</summary>
    public const int Most = 50;

    /// <summary>The tags for a type of resource that is made.</summary>
    /// <exception cref="AwsErrorException">A tag cannot be, or is for a type that is not made here.</exception>
    public static Dictionary<string, string> Specified(string type, Form form, params ReadOnlySpan<string> alsoMade)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in form.Structures("TagSpecification"))
        {
            var of = form.Required(prefix + "ResourceType");
            if (of == type)
            {
                foreach (var (key, value) in Read(form, prefix + "Tag"))
                {
                    tags[key] = value;
                }
            }
            else if (!alsoMade.Contains(of))
            {
                throw new AwsErrorException("InvalidParameterValue", $"'{of}' is not a valid taggable resource type for this operation.");
            }
        }

        return tags;
    }

    /// <exception cref="AwsErrorException">A tag cannot be.</exception>
    public static Dictionary<string, string> Read(Form form, string name)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var prefix in form.Structures(name))
        {
            var (key, value) = (form.Required(prefix + "Key"), form[prefix + "Value"] ?? "");
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw new AwsErrorException("InvalidParameterValue", $"Tag keys starting with 'aws:' are reserved for internal use: {key}");
            }

            if (key.Length > 127 || value.Length > 255)
            {
                throw new AwsErrorException("InvalidParameterValue", "A tag key has at most 127 characters, a value at most 255.");
            }

            if (!tags.TryAdd(key, value))
            {
                throw new AwsErrorException("InvalidParameterValue", $"Duplicate tag key '{key}' specified.");
            }
        }

        return tags;
    }
}
