namespace ChaosHarness.Tool.Doctors;

/// <summary>What was found of one thing that the harness needs or can use.</summary>
/// <param name="Subject">The thing.</param>
/// <param name="Health">How it is.</param>
/// <param name="Words">What was found.</param>
/// <param name="Cure">The command that brings it, or what to do; null where there is nothing to do.</param>
internal sealed record Diagnosis(string Subject, Health Health, string Words, string? Cure = null);
