using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using ChaosHarness.Workloads;

namespace ChaosHarness.Experiments;

/// <summary>Puts an experiment together. Immutable: each call returns a new builder. Everything is checked when it is built.</summary>
public sealed record ExperimentBuilder
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(60);

    internal ExperimentBuilder(string statement) => Statement = statement;

    internal string Statement { get; }

    internal string? ExperimentId { get; init; }

    internal string? ExperimentName { get; init; }

    internal SystemUnderTest System { get; init; } = new("system");

    internal Objectives ExperimentObjectives { get; init; } = ChaosHarness.Expectations.Objectives.None;

    internal IReadOnlyList<SteadyStateCondition> Conditions { get; init; } = [];

    internal TimeSpan SteadyWindow { get; init; } = TimeSpan.FromSeconds(2);

    internal IReadOnlyList<Workload> Workloads { get; init; } = [];

    internal IReadOnlyList<Probe> Probes { get; init; } = [];

    internal IReadOnlyList<Fault> Weakened { get; init; } = [];

    internal TimeSpan Settle { get; init; }

    internal IReadOnlyList<Schedule> Schedules { get; init; } = [];

    internal string? RecoverySignal { get; init; }

    internal Stability StabilityWindow { get; init; } = ChaosHarness.Histories.Stability.Default;

    internal TimeSpan? ChosenDeadline { get; init; }

    /// <summary>How long recovery is waited for: at least for as long as anything that is expected of it allows, to be seen to its end.</summary>
    internal TimeSpan RecoveryDeadline => ChosenDeadline ?? Max(DefaultDeadline, LongestRecovery + StabilityWindow.Duration);

    /// <summary>The longest that anything which is expected of recovery allows, as it is held against this system.</summary>
    internal TimeSpan LongestRecovery => System.Speed is >= SystemUnderTest.LeastSpeed and <= SystemUnderTest.MostSpeed
        ? Expectations.Concat(ExperimentObjectives.Expectations).Select(expectation => expectation.RecoveryLimit).DefaultIfEmpty().Max() / System.Speed
        : TimeSpan.Zero;

    internal TimeSpan ObserveAtLeastTime { get; init; }

    internal TimeSpan VerifyTime { get; init; } = TimeSpan.FromSeconds(30);

    internal TimeSpan VerifyAtLeastTime { get; init; }

    internal IReadOnlyList<Expectation> Expectations { get; init; } = [];

    internal IReadOnlyList<StopCondition> StopConditions { get; init; } = [];

    internal string? JudgedSignal => RecoverySignal ?? (Workloads is [var load, ..] ? load.Name : Probes is [var first, ..] ? first.Name : null);

    internal DrillScript? DrillScript { get; init; }

    internal ScenarioStep? Step { get; init; }

    internal IReadOnlyList<string> TextMistakes { get; init; } = [];

    /// <summary>Names the experiment.</summary>
    /// <param name="name">Default: the hypothesis.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Named(string name) => this with { ExperimentName = name };

    /// <summary>Gives the experiment an id that its history is kept under, whatever it is called later.</summary>
    /// <param name="id">Default: the name.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Identified(string id) => this with { ExperimentId = id };

    /// <summary>Says which system it breaks.</summary>
    /// <param name="system">Default: a local system of which nothing is known.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder On(SystemUnderTest system) => this with { System = system };

    /// <summary>Says what the system is held to.</summary>
    /// <param name="objectives">Default: none, everything is measured and nothing judged but the steady state.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Objectives(Objectives objectives) => this with { ExperimentObjectives = objectives };

    /// <summary>Adds conditions of normal behaviour, checked before the injection and after the revert.</summary>
    /// <param name="conditions">All of them must hold.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder SteadyState(params IReadOnlyList<SteadyStateCondition> conditions) => this with { Conditions = [.. Conditions, .. conditions] };

    /// <summary>Sets the window in which the steady state must hold. Before the injection it is waited for five windows long.</summary>
    /// <param name="window">Default: <c>2s</c>.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder SteadyFor(string window) => WithDuration("SteadyFor", window, (builder, value) => builder with { SteadyWindow = value });

    /// <summary>Adds traffic.</summary>
    /// <param name="workloads">Workloads, each with a name of its own.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Workload(params IReadOnlyList<Workload> workloads) => this with { Workloads = [.. Workloads, .. workloads] };

    /// <summary>Adds what is wanted of the system, held against the run before it is recorded.</summary>
    /// <param name="expectations">All of them have to be met; one that reads like another counts once.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Expect(params IReadOnlyList<Expectation> expectations) => this with { Expectations = [.. Expectations, .. expectations] };

    /// <summary>Adds probes.</summary>
    /// <param name="probes">The probes.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Probe(params IReadOnlyList<Probe> probes) => this with { Probes = [.. Probes, .. probes] };

    /// <summary>Adds a weakness that the disaster strikes on top of, such as a replica that lags. Reverted like any fault, and outside the measured injection.</summary>
    /// <param name="weakness">A fault.</param>
    /// <param name="settle">How long it works before the injection.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Given(Fault weakness, string settle = "0s") =>
        WithDuration("Given", settle, (builder, value) => builder with { Weakened = [.. builder.Weakened, weakness], Settle = value > builder.Settle ? value : builder.Settle });

    /// <summary>Adds faults, or schedules that say when faults strike; all of them begin at the same time.</summary>
    /// <param name="schedules">At least one in the whole experiment.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Inject(params IReadOnlyList<Schedule> schedules) => this with { Schedules = [.. Schedules, .. schedules] };

    /// <summary>Sets the signal that recovery and availability are measured on.</summary>
    /// <param name="source">Default: the workload, or else the first probe.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder RecoveryOf(string source) => this with { RecoverySignal = source };

    /// <summary>Sets how long nothing bad may be seen before it counts as recovered.</summary>
    /// <param name="observations">Default: 10.</param>
    /// <param name="duration">Default: <c>1s</c>.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Stability(int observations, string duration) =>
        WithDuration("Stability", duration, (builder, value) => builder with { StabilityWindow = new ChaosHarness.Histories.Stability(observations, value) });

    /// <summary>Sets how long recovery is waited for, from the end of the injection.</summary>
    /// <param name="deadline">Default: <c>60s</c>, or longer where an objective of recovery allows more.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Deadline(string deadline) => WithDuration("Deadline", deadline, (builder, value) => builder with { ChosenDeadline = value });

    /// <summary>Sets how long is observed even when recovery comes sooner.</summary>
    /// <param name="time">Default: <c>0s</c>.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder ObserveAtLeast(string time) => WithDuration("ObserveAtLeast", time, (builder, value) => builder with { ObserveAtLeastTime = value });

    /// <summary>Sets how long after the revert the steady state may take to come back.</summary>
    /// <param name="time">Default: <c>30s</c>.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder VerifyWithin(string time) => WithDuration("VerifyWithin", time, (builder, value) => builder with { VerifyTime = value });

    /// <summary>Sets how long is watched after the revert even when the steady state is back sooner: long enough for breakers to close and health checks to pass.</summary>
    /// <param name="time">Default: <c>0s</c>.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder VerifyAtLeast(string time) => WithDuration("VerifyAtLeast", time, (builder, value) => builder with { VerifyAtLeastTime = value });

    /// <summary>Adds conditions that end the experiment early.</summary>
    /// <param name="conditions">Any of them halts it.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder StopWhen(params IReadOnlyList<StopCondition> conditions) => this with { StopConditions = [.. StopConditions, .. conditions] };

    /// <summary>Says what the people who take part know before it begins.</summary>
    /// <param name="script">The scenario, who takes part, and when they abort.</param>
    /// <returns>A new builder.</returns>
    public ExperimentBuilder Script(DrillScript script) => this with { DrillScript = script };

    /// <summary>Checks everything and builds the experiment.</summary>
    /// <returns>The experiment.</returns>
    /// <exception cref="InvalidExperimentException">Something is wrong; it names every mistake.</exception>
    public Experiment Build()
    {
        var mistakes = ExperimentCheck.Mistakes(this).ToList();
        return mistakes.Count == 0 ? new Experiment(this) : throw new InvalidExperimentException(mistakes);
    }

    /// <summary>Builds the experiment and runs it in the current scope: that of the test that calls this.</summary>
    /// <param name="halt">Halts the run, as its test's own token does without being handed over.</param>
    /// <returns>The measured run; it is returned whatever the outcome.</returns>
    /// <exception cref="InvalidExperimentException">The experiment is written wrongly; it names every mistake.</exception>
    /// <exception cref="InvalidOperationException">There is no scope, or the test is over.</exception>
    public Task<ExperimentResult> RunAsync(CancellationToken halt = default) => RunScope.Current is { } scope
        ? scope.RunAsync(this, halt)
        : throw new InvalidOperationException(
            "Nothing records this experiment: no test of an experiment is under way here. Mark the test [Experiment] instead of [Test]; in a program, write await new ExperimentRunner(options).RunAsync(experiment).");

    /// <summary>The experiment as a step of a scenario: its runs are a history of their own.</summary>
    internal ExperimentBuilder StepOf(ScenarioStep step, RunnerOptions options) => this with
    {
        Step = step,
        ExperimentId = ExperimentId ?? (options.DefaultId is { } id ? $"{id}/{step.Step}" : $"{step.Scenario}/{step.Step}"),
        ExperimentName = ExperimentName ?? $"{options.DefaultName ?? step.Scenario}: {step.Step}",
    };

    internal ExperimentBuilder CompletedBy(RunnerOptions options, IReadOnlyList<Expectation> objectives) => this with
    {
        ExperimentId = ExperimentId ?? options.DefaultId,
        ExperimentName = ExperimentName ?? options.DefaultName,
        ExperimentObjectives = ExperimentObjectives == ChaosHarness.Expectations.Objectives.None ? options.DefaultObjectives : ExperimentObjectives,
        Expectations = [.. objectives, .. Expectations],
    };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private ExperimentBuilder WithDuration(string option, string text, Func<ExperimentBuilder, TimeSpan, ExperimentBuilder> set) =>
        DurationText.TryParse(text, out var value) ? set(this, value) : this with { TextMistakes = [.. TextMistakes, DurationText.Mistake(option, text)] };
}
