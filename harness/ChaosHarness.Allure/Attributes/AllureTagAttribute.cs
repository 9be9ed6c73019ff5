namespace ChaosHarness.Allure;

/// <summary>A tag of a test.</summary>
/// <param name="tag">The tag.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class AllureTagAttribute(string tag) : AllureLabelAttribute("tag", tag);
