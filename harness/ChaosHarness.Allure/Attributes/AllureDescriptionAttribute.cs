namespace ChaosHarness.Allure;

/// <summary>The description of a test in the report, in place of its hypothesis.</summary>
/// <param name="description">Markdown.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllureDescriptionAttribute(string description) : Attribute
{
    /// <summary>Markdown.</summary>
    public string Description { get; } = description;
}
