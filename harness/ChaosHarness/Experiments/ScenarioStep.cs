namespace ChaosHarness.Experiments;

/// <summary>Which step of a scenario a run is.</summary>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Step">The name of the step.</param>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Of">How many experiments the scenario has.</param>
public sealed record ScenarioStep(string Scenario, string Step, int Number, int Of);
