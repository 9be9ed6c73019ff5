namespace ChaosHarness.Allure;

/// <summary>The suite that a test is shown in.</summary>
/// <param name="suite">The suite.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class AllureSuiteAttribute(string suite) : AllureLabelAttribute("suite", suite);
