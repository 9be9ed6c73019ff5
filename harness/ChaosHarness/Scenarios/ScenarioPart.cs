using ChaosHarness.Experiments;

namespace ChaosHarness.Scenarios;

/// <summary>Something that a scenario does.</summary>
internal abstract record ScenarioPart
{
    public sealed record Experiment(string Step, Func<IReadOnlyList<ScenarioStepResult>, ExperimentBuilder> Make) : ScenarioPart
    {
        public (string Words, Func<IReadOnlyList<ScenarioStepResult>, bool> Holds)? Condition { get; init; }

        public bool EvenAfterFailure { get; init; }
    }

    public sealed record Pause(TimeSpan Time) : ScenarioPart;

    public sealed record Wait(string Words, Func<CancellationToken, ValueTask<bool>> Holds, TimeSpan Within) : ScenarioPart;
}
