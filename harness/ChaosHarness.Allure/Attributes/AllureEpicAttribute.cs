namespace ChaosHarness.Allure;

/// <summary>The epic that a test belongs to.</summary>
/// <param name="epic">The epic.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class AllureEpicAttribute(string epic) : AllureLabelAttribute("epic", epic);
