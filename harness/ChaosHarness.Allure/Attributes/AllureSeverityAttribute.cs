namespace ChaosHarness.Allure;

/// <summary>How grave it is when a test fails.</summary>
/// <param name="severity">The level.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class AllureSeverityAttribute(SeverityLevel severity) : AllureLabelAttribute("severity", severity.ToString());
