namespace ChaosHarness.Allure;

/// <summary>A link from a test's page in the report, of the kind tms.</summary>
/// <param name="title">What is shown.</param>
/// <param name="url">The address.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class AllureTmsAttribute(string title, string url) : AllureLinkAttribute(title, url, "tms");
