using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Scenarios;

/// <summary>One run of a scenario.</summary>
internal sealed class ScenarioRun(Scenario scenario, RunScope scope)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly List<ScenarioStepResult> _results = [];
    private readonly ForeignCalls _calls = new(scope.Options.Time);

    public async Task<IReadOnlyList<ScenarioStepResult>> RunAsync(CancellationToken halt)
    {
        var experiments = scenario.Parts.OfType<ScenarioPart.Experiment>().ToList();
        foreach (var part in scenario.Parts)
        {
            switch (part)
            {
                case ScenarioPart.Experiment experiment:
                    await RunAsync(experiment, new ScenarioStep(scenario.Name, experiment.Step, experiments.IndexOf(experiment) + 1, experiments.Count), halt).ConfigureAwait(false);
                    break;
                // What is left out needs no pause before it.
                case ScenarioPart.Pause pause when WhyEnded(evenAfterFailure: true) is null:
                    await Task.Delay(pause.Time, scope.Options.Time, halt).ConfigureAwait(false);
                    break;
                case ScenarioPart.Wait wait when WhyEnded(evenAfterFailure: true) is null:
                    await WaitAsync(wait, halt).ConfigureAwait(false);
                    break;
            }
        }

        return _results;
    }

    private async Task RunAsync(ScenarioPart.Experiment experiment, ScenarioStep step, CancellationToken halt)
    {
        var leftOut = WhyEnded(experiment.EvenAfterFailure) ?? (experiment.Condition is { } condition && !condition.Holds([.. _results]) ? $"only if {condition.Words}" : null);
        if (leftOut is not null)
        {
            _results.Add(new ScenarioStepResult(experiment.Step, null, leftOut));
            return;
        }

        var builder = experiment.Make([.. _results]) ?? throw new InvalidOperationException($"Step '{experiment.Step}' of '{scenario.Name}' gave no experiment.");
        var result = await scope.RunAsync(builder.StepOf(step, scope.Options), halt).ConfigureAwait(false);
        _results.Add(new ScenarioStepResult(experiment.Step, result));
    }

    // Who halts one experiment means the scenario. A harness that failed, or a system that was not well, is no ground to build on.
    private string? WhyEnded(bool evenAfterFailure)
    {
        foreach (var before in _results)
        {
            if (before.Result?.Outcome is { } outcome && (outcome is Outcome.Halted || (outcome is not Outcome.Passed && !evenAfterFailure)))
            {
                return $"'{before.Step}' before it is {outcome}";
            }
        }

        return null;
    }

    private async Task WaitAsync(ScenarioPart.Wait wait, CancellationToken halt)
    {
        var time = scope.Options.Time;
        var began = time.GetTimestamp();
        string? problem = null;
        while (true)
        {
            var answer = await _calls.RunAsync(new Callee(wait.Words, "look"), wait.Holds, wait.Within, halt).ConfigureAwait(false);
            halt.ThrowIfCancellationRequested();
            if (answer is { IsCompleted: true, Value: true })
            {
                return;
            }

            problem = answer.Problem ?? problem;
            if (time.GetElapsedTime(began) >= wait.Within)
            {
                var left = scenario.Parts.OfType<ScenarioPart.Experiment>().Select(experiment => experiment.Step).Except(_results.Select(result => result.Step));
                throw new ScenarioEndedException($"The scenario '{scenario.Name}' waited {DurationText.Format(wait.Within)} until {wait.Words}, and it did not come{(problem is null ? "" : $" ({problem})")}. Not run: {string.Join(", ", left)}.");
            }

            await Task.Delay(Second, time, halt).ConfigureAwait(false);
        }
    }
}
