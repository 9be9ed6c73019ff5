namespace ChaosHarness.Aws.Wire;

/// <summary>How a member of a request, response or structure travels, and which values the service's model allows.</summary>
/// <param name="name">Its name on the wire.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WireAttribute(string name) : Attribute
{
    public string Name => name;

    public WireLocation Location { get; set; }

    public bool Required { get; set; }

    /// <summary>The least length, number of entries or value; -1 for no limit.</summary>
    public long Min { get; set; } = -1;

    /// <summary>The greatest length, number of entries or value; -1 for no limit.</summary>
    public long Max { get; set; } = -1;

    public string? Pattern { get; set; }

    /// <summary>What an entry of a list is called in the query protocol.</summary>
    public string Item { get; set; } = "member";

    /// <summary>Whether it is a token that makes a request count once however often it is sent; filled in when the caller left it out.</summary>
    public bool IsToken { get; set; }

    public bool IsSecret { get; set; }
}
