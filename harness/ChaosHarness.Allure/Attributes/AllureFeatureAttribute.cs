namespace ChaosHarness.Allure;

/// <summary>The feature that a test belongs to.</summary>
/// <param name="feature">The feature.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class AllureFeatureAttribute(string feature) : AllureLabelAttribute("feature", feature);
