namespace ChaosHarness.Allure;

/// <summary>The story that a test belongs to.</summary>
/// <param name="story">The story.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class AllureStoryAttribute(string story) : AllureLabelAttribute("story", story);
