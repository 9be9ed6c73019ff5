namespace ChaosHarness.Allure;

/// <summary>The name of a test in the report, in place of its method's.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllureNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}
