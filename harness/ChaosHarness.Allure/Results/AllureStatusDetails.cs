namespace ChaosHarness.Allure.Results;

/// <summary>Why a test or step has its status.</summary>
internal sealed record AllureStatusDetails(string? Message, string? Trace = null);
