using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Scenarios;

/// <summary>One run of a scenario.</summary>
internal sealed class ScenarioRun(Scenario scenario, RunScope scope)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);
    private readonly List<ScenarioStepResult> _results = [];
    private readonly string _id = RunRecord.NewRunId(scope.Options.Time.GetUtcNow());
    private readonly ForeignCalls _calls = new(scope.Options.Time);

    public async Task<IReadOnlyList<ScenarioStepResult>> RunAsync(CancellationToken halt)
    {
        try
        {
            await RunPartsAsync(halt).ConfigureAwait(false);
            scope.LeaveOut(_id, LeftOut(""));
            return _results;
        }
        catch (Exception exception)
        {
            scope.LeaveOut(_id, LeftOut(exception is OperationCanceledException ? "the scenario was halted" : exception.Message));
            throw;
        }
    }

    private IReadOnlyList<LeftOutStep> LeftOut(string whyTheRest) =>
    [
        .. scenario.Parts.OfType<ScenarioPart.Experiment>()
            .Select((part, index) => (part.Step, Number: index + 1, Came: _results.FirstOrDefault(result => result.Step == part.Step)))
            .Where(step => step.Came?.Result is null)
            .Select(step => new LeftOutStep(step.Step, step.Number, step.Came?.LeftOut ?? whyTheRest)),
    ];

    private async Task RunPartsAsync(CancellationToken halt)
    {
        var experiments = scenario.Parts.OfType<ScenarioPart.Experiment>().ToList();
        foreach (var part in scenario.Parts)
        {
            switch (part)
            {
                case ScenarioPart.Experiment experiment:
                    await RunAsync(experiment, new ScenarioStep(scenario.Name, experiment.Step, experiments.IndexOf(experiment) + 1, experiments.Count) { ScenarioRun = _id }, halt).ConfigureAwait(false);
                    break;
                // What is left out needs no pause before it.
                case ScenarioPart.Pause pause when WhyEnded(evenAfterFailure: true) is null:
                    await DelayAsync(pause.Time, halt).ConfigureAwait(false);
                    break;
                case ScenarioPart.Wait wait when WhyEnded(evenAfterFailure: true) is null:
                    await WaitAsync(wait, halt).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task RunAsync(ScenarioPart.Experiment experiment, ScenarioStep step, CancellationToken halt)
    {
        var leftOut = WhyEnded(experiment.EvenAfterFailure)
            ?? (experiment.Condition is { } condition && !await AskAsync(experiment.Step, "condition", () => condition.Holds([.. _results]), halt).ConfigureAwait(false) ? $"only if {condition.Words}" : null);
        if (leftOut is not null)
        {
            _results.Add(new ScenarioStepResult(experiment.Step, null, leftOut));
            return;
        }

        var builder = await AskAsync(experiment.Step, "experiment", () => experiment.Make([.. _results]) ?? throw new InvalidOperationException("it gave none"), halt).ConfigureAwait(false);
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
            var answer = await _calls.RunAsync(new Callee(wait.Words, "look"), wait.Holds, Left(began, wait.Within), halt).ConfigureAwait(false);
            halt.ThrowIfCancellationRequested();
            if (answer is { IsCompleted: true, Value: true })
            {
                return;
            }

            problem = answer.Problem ?? problem;
            if (time.GetElapsedTime(began) >= wait.Within)
            {
                throw Ended($"waited {DurationText.Format(wait.Within)} until {wait.Words}, and it did not come{(problem is null ? "" : $" ({problem})")}");
            }

            await DelayAsync(Second, halt).ConfigureAwait(false);
        }
    }

    private TimeSpan Left(long began, TimeSpan within) => within - scope.Options.Time.GetElapsedTime(began) is var left && left > Least ? left : Least;

    // What a test wrote is code of others too.
    private async Task<T> AskAsync<T>(string step, string what, Func<T> ask, CancellationToken halt)
    {
        var answer = await _calls.RunAsync(new Callee(step, what), _ => ValueTask.FromResult(ask()), scope.Options.Limits.Judgement, halt).ConfigureAwait(false);
        return answer.IsCompleted ? answer.Value! : throw Ended($"could not go on: {answer.Problem?.TrimEnd('.')}");
    }

    // No run goes on here that would hear of an order to halt.
    private async Task DelayAsync(TimeSpan time, CancellationToken halt)
    {
        var began = scope.Options.Time.GetTimestamp();
        while (scope.Options.Time.GetElapsedTime(began) is var passed && passed < time)
        {
            if (HaltWatch.WhyHalted(scope.Options.Safety.HaltFiles) is { } why)
            {
                throw Ended(why);
            }

            await Task.Delay(time - passed < Glance ? time - passed : Glance, scope.Options.Time, halt).ConfigureAwait(false);
        }
    }

    private ScenarioEndedException Ended(string why)
    {
        var left = scenario.Parts.OfType<ScenarioPart.Experiment>().Select(experiment => experiment.Step).Except(_results.Select(result => result.Step));
        return new ScenarioEndedException($"The scenario '{scenario.Name}' {why}. Not run: {string.Join(", ", left)}.");
    }
}
