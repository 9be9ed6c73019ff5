using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Scenarios;

/// <summary>
/// Several experiments in order, as a bad day has them: each a run of its own with a record of its own, and all of one test. Immutable: each call
/// returns a new one. An experiment is run when all before it passed, unless it says otherwise; one that was halted ends the scenario.
/// </summary>
public sealed record Scenario
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private Scenario(string name) => Name = name;

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal IReadOnlyList<ScenarioPart> Parts { get; init; } = [];

    internal IReadOnlyList<string> Mistakes { get; init; } = [];

    /// <summary>Begins a scenario.</summary>
    /// <param name="name">Such as <c>the busiest day</c>.</param>
    /// <returns>A scenario without steps.</returns>
    public static Scenario Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Scenario(name);
    }

    /// <summary>Runs an experiment.</summary>
    /// <param name="step">The name of the step: with the id of the test it is the id of the experiment, from run to run.</param>
    /// <param name="experiment">The experiment.</param>
    /// <returns>A new scenario.</returns>
    public Scenario Run(string step, ExperimentBuilder experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return Run(step, _ => experiment);
    }

    /// <summary>Runs an experiment that depends on what was before it.</summary>
    /// <param name="step">The name of the step.</param>
    /// <param name="experiment">Makes the experiment of what the steps before it came to.</param>
    /// <returns>A new scenario.</returns>
    public Scenario Run(string step, Func<IReadOnlyList<ScenarioStepResult>, ExperimentBuilder> experiment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(step);
        ArgumentNullException.ThrowIfNull(experiment);
        return Parts.OfType<ScenarioPart.Experiment>().Any(other => other.Step == step)
            ? this with { Mistakes = [.. Mistakes, $"two steps are called '{step}': their runs would be one history"] }
            : this with { Parts = [.. Parts, new ScenarioPart.Experiment(step, experiment)] };
    }

    /// <summary>Runs the experiment that was named last only under a condition; else it is left out, and the scenario goes on.</summary>
    /// <param name="words">The condition in words, such as <c>the standby took over</c>.</param>
    /// <param name="condition">Asked of what the steps before it came to.</param>
    /// <returns>A new scenario.</returns>
    public Scenario OnlyIf(string words, Func<IReadOnlyList<ScenarioStepResult>, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return ChangeLast(nameof(OnlyIf), last => last with { Condition = (words, condition) });
    }

    /// <summary>Runs the experiment that was named last even when one before it failed.</summary>
    /// <returns>A new scenario.</returns>
    public Scenario EvenAfterFailure() => ChangeLast(nameof(EvenAfterFailure), last => last with { EvenAfterFailure = true });

    /// <summary>Lets some time pass.</summary>
    /// <param name="time">Such as <c>30s</c>; at most a day.</param>
    /// <returns>A new scenario.</returns>
    public Scenario Pause(string time) => DurationText.TryParse(time, out var value) && value <= Longest
        ? this with { Parts = [.. Parts, new ScenarioPart.Pause(value)] }
        : this with { Mistakes = [.. Mistakes, DurationText.Mistake(nameof(Pause), time)] };

    /// <summary>Waits for something, such as a queue that is worked off. When it does not come, the scenario ends there.</summary>
    /// <param name="words">What is waited for, in words.</param>
    /// <param name="condition">Asked once a second; one that throws is asked again.</param>
    /// <param name="within">How long it is waited for, such as <c>5m</c>; at most a day.</param>
    /// <returns>A new scenario.</returns>
    public Scenario WaitUntil(string words, Func<CancellationToken, ValueTask<bool>> condition, string within)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return DurationText.TryParse(within, out var value) && value <= Longest
            ? this with { Parts = [.. Parts, new ScenarioPart.Wait(words, condition, value)] }
            : this with { Mistakes = [.. Mistakes, DurationText.Mistake(nameof(WaitUntil), within)] };
    }

    /// <summary>Runs it in the current scope: that of the test that calls this.</summary>
    /// <param name="halt">Halts it, as its test's own token does without being handed over.</param>
    /// <returns>What each step came to.</returns>
    /// <exception cref="InvalidOperationException">It is written wrongly, or there is no scope.</exception>
    /// <exception cref="ScenarioEndedException">Something that was waited for did not come: the steps after it were not run.</exception>
    public Task<IReadOnlyList<ScenarioStepResult>> RunAsync(CancellationToken halt = default)
    {
        IReadOnlyList<string> mistakes = Parts.OfType<ScenarioPart.Experiment>().Any() ? Mistakes : [.. Mistakes, "it has no experiment"];
        if (mistakes.Count > 0)
        {
            throw new InvalidOperationException($"The scenario '{Name}' is written wrongly: {string.Join("; ", mistakes)}.");
        }

        return RunScope.Current is { } scope
            ? new ScenarioRun(this, scope).RunAsync(halt)
            : throw new InvalidOperationException($"Nothing records the scenario '{Name}': no test of an experiment is under way here. Mark the test [Experiment] instead of [Test].");
    }

    private Scenario ChangeLast(string option, Func<ScenarioPart.Experiment, ScenarioPart.Experiment> change) => Parts.Count > 0 && Parts[^1] is ScenarioPart.Experiment last
        ? this with { Parts = [.. Parts.SkipLast(1), change(last)] }
        : this with { Mistakes = [.. Mistakes, $"{option} comes right behind the experiment that it is of"] };
}
