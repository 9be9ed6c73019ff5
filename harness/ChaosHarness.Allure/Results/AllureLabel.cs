namespace ChaosHarness.Allure.Results;

/// <summary>A label of a test, by which the report groups.</summary>
internal sealed record AllureLabel(string Name, string Value);
