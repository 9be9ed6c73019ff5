namespace ChaosHarness.Allure.Results;

/// <summary>A file beside the result, by its name in the results folder.</summary>
internal sealed record AllureAttachment(string Name, string Source, string Type);
