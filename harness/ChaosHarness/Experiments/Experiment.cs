using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Experiments;

/// <summary>A hypothesis, a workload, faults and objectives: immutable, and valid once built. Running it yields an <see cref="RunRecord"/>.</summary>
public sealed class Experiment
{
    internal Experiment(ExperimentBuilder builder)
    {
        Statement = builder.Statement;
        Name = builder.ExperimentName ?? builder.Statement;
        Id = builder.ExperimentId ?? Name;
        System = builder.System;
        Objectives = builder.ExperimentObjectives;
        Conditions = builder.Conditions;
        SteadyWindow = builder.SteadyWindow;
        Workloads = builder.Workloads;
        Probes = builder.Probes;
        Weakened = builder.Weakened;
        Settle = builder.Settle;
        Schedule = ChaosHarness.Schedules.Schedule.InParallel(builder.Schedules);
        RecoverySignal = builder.JudgedSignal;
        StabilityWindow = builder.StabilityWindow;
        Deadline = builder.RecoveryDeadline;
        ObserveAtLeast = builder.ObserveAtLeastTime;
        VerifyWithin = builder.VerifyTime;
        VerifyAtLeast = builder.VerifyAtLeastTime;
        Script = builder.DrillScript;
        Step = builder.Step;
        StopConditions = builder.StopConditions;
        // A backup that cannot be restored must not pass because nobody thought of saying so.
        IReadOnlyList<Expectation> always = Schedule.Faults.Any(fault => fault is Restore) ? [Restored.Soundly] : [];
        Expectations = [.. builder.ExperimentObjectives.Expectations.Concat(builder.Expectations).Concat(always).Distinct()];
        Recoveries =
        [
            .. Expectations.SelectMany(expectation => expectation.Checkers).OfType<RecoveryChecker>().Append(new RecoveryChecker(RecoverySignal!)).DistinctBy(recovery => recovery.Signal ?? RecoverySignal),
        ];
    }

    /// <summary>Its name: the hypothesis unless it was given another.</summary>
    public string Name { get; }

    /// <summary>Which experiment it is, from run to run: its name unless it was given an id.</summary>
    public string Id { get; }

    /// <summary>What is expected of the system.</summary>
    public string Statement { get; }

    /// <summary>The system that it breaks.</summary>
    public SystemUnderTest System { get; }

    /// <summary>What the system is held to.</summary>
    public Objectives Objectives { get; }

    /// <summary>When its faults strike and end.</summary>
    public Schedule Schedule { get; }

    /// <summary>Every fault that may strike, weaknesses left out.</summary>
    public IReadOnlyList<Fault> Faults => Schedule.Faults;

    internal IReadOnlyList<SteadyStateCondition> Conditions { get; }

    internal TimeSpan SteadyWindow { get; }

    internal IReadOnlyList<Workload> Workloads { get; }

    internal IReadOnlyList<Expectation> Expectations { get; }

    /// <summary>What has to have recovered before observing ends.</summary>
    internal IReadOnlyList<RecoveryChecker> Recoveries { get; }

    internal IReadOnlyList<Probe> Probes { get; }

    internal IReadOnlyList<Fault> Weakened { get; }

    internal TimeSpan Settle { get; }

    internal string? RecoverySignal { get; }

    internal Stability StabilityWindow { get; }

    internal TimeSpan Deadline { get; }

    internal TimeSpan ObserveAtLeast { get; }

    internal TimeSpan VerifyWithin { get; }

    internal TimeSpan VerifyAtLeast { get; }

    internal IReadOnlyList<StopCondition> StopConditions { get; }

    /// <summary>What the people who take part know before it begins; null when nobody wrote it down.</summary>
    public DrillScript? Script { get; }

    /// <summary>Which step of a scenario it is; null when it stands alone.</summary>
    public ScenarioStep? Step { get; }

    /// <summary>Begins an experiment.</summary>
    /// <param name="statement">What is expected of the system, as a sentence.</param>
    /// <returns>A builder.</returns>
    public static ExperimentBuilder Hypothesis(string statement) => new(statement);
}
