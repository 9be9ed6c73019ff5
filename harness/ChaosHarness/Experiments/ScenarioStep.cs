namespace ChaosHarness.Experiments;

/// <summary>Which step of a scenario a run is.</summary>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Step">The name of the step.</param>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Of">How many experiments the scenario has.</param>
public sealed record ScenarioStep(string Scenario, string Step, int Number, int Of)
{
    /// <summary>Which run of the scenario it belongs to: the same for all of its steps, and for no others. Null where nobody kept that.</summary>
    public string? ScenarioRun { get; init; }

    /// <summary>The steps of the scenario that were not run, as each of its records has them.</summary>
    public IReadOnlyList<LeftOutStep> LeftOut { get => field ?? []; init; }
}
