using ChaosHarness.Experiments;

namespace ChaosHarness.Scenarios;

/// <summary>What an experiment of a scenario came to.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Result">Its result; null when it was left out.</param>
/// <param name="LeftOut">Why it was left out; null when it was run.</param>
public sealed record ScenarioStepResult(string Step, ExperimentResult? Result, string? LeftOut = null);
