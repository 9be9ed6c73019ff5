namespace ChaosHarness.Allure.Results;

/// <summary>A link of a test; the type is link, issue or tms.</summary>
internal sealed record AllureLink(string Name, string Url, string Type);
