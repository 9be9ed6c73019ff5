namespace ChaosHarness.Allure;

/// <summary>Who looks after a test.</summary>
/// <param name="owner">A person or team.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class AllureOwnerAttribute(string owner) : AllureLabelAttribute("owner", owner);
