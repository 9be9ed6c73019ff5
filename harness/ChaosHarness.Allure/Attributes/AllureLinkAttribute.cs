namespace ChaosHarness.Allure;

/// <summary>A link from a test's page in the report.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public class AllureLinkAttribute : Attribute
{
    /// <summary>Links a page.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="url">The address.</param>
    public AllureLinkAttribute(string title, string url)
        : this(title, url, "link")
    {
    }

    private protected AllureLinkAttribute(string title, string url, string type)
    {
        Title = title;
        Url = url;
        Type = type;
    }

    /// <summary>What is shown.</summary>
    public string Title { get; }

    /// <summary>The address.</summary>
    public string Url { get; }

    internal string Type { get; }
}
