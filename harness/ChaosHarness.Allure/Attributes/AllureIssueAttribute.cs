namespace ChaosHarness.Allure;

/// <summary>A link from a test's page in the report, of the kind issue.</summary>
/// <param name="title">What is shown.</param>
/// <param name="url">The address.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class AllureIssueAttribute(string title, string url) : AllureLinkAttribute(title, url, "issue");
