using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Expectations;
using ChaosHarness.Histories;
using ChaosHarness.Logs;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>A run while it goes on, for who watches it. Looking holds nothing up, and what is seen is a prefix of what the final figures are read from.</summary>
public sealed class LiveRun
{
    private readonly Experiment _experiment;
    private readonly RunClock _clock;
    private readonly HistoryWriter _history;
    private readonly PhaseLog _phases;
    private readonly Func<IReadOnlyList<StopDistance>> _stops;
    private readonly Func<string?> _waiting;
    private readonly Func<PlanRecord?> _waitingPlan;
    private readonly RunLogs? _logs;
    private volatile LiveEnding? _end;

    internal LiveRun(string runId, Experiment experiment, RunClock clock, HistoryWriter history, PhaseLog phases, Func<IReadOnlyList<StopDistance>>? stops = null, Func<string?>? waiting = null, RunLogs? logs = null, Func<PlanRecord?>? waitingPlan = null)
    {
        RunId = runId;
        _experiment = experiment;
        _clock = clock;
        _history = history;
        _phases = phases;
        _stops = stops ?? (() => []);
        _logs = logs;
        _waiting = waiting ?? (() => null);
        _waitingPlan = waitingPlan ?? (() => null);
    }

    /// <summary>Which run it is.</summary>
    public string RunId { get; }

    /// <summary>The name of the experiment. What looks like a secret is not masked in it, nor in anything else here.</summary>
    public string Name => _experiment.Name;

    /// <summary>What is expected to hold.</summary>
    public string Hypothesis => _experiment.Statement;

    /// <summary>What strikes, and when.</summary>
    public string Disaster => _experiment.Schedule.Description;

    /// <summary>What is broken, and where.</summary>
    public string System => _experiment.System.Identity.ToString();

    /// <summary>How many times faster the system is than the one that the objectives are written for.</summary>
    public double Speed => _experiment.System.Speed;

    /// <summary>The objectives of its attribute.</summary>
    public Objectives Objectives => _experiment.Objectives;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => _clock.StartedAt;

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => _clock.Now;

    /// <summary>How long recovery is waited for, from the last strike.</summary>
    public TimeSpan Deadline => _experiment.Deadline;

    /// <summary>The step that it is in.</summary>
    public PhaseName Phase => _phases.Current;

    /// <summary>The steps that are over, in their order, each with what it found.</summary>
    public IReadOnlyList<PhaseRecord> Phases => _phases.Over;

    /// <summary>What is to recover: applied to a look, each says how far it is.</summary>
    public IReadOnlyList<RecoveryChecker> Recoveries => _experiment.Recoveries;

    /// <summary>How near each stop condition is to halting it; nothing before something is injected.</summary>
    public IReadOnlyList<StopDistance> Stops => _stops();

    /// <summary>What it waits for that a person has to do, in words; null for nothing.</summary>
    public string? Waiting => _waiting();

    /// <summary>The plan that a person's go is waited for with; null when none is. What looks like a secret is masked in it.</summary>
    public PlanRecord? WaitingPlan => _waitingPlan();

    /// <summary>What the people who take part know before it begins; null when nobody wrote it down.</summary>
    public DrillScript? Script => _experiment.Script;

    /// <summary>How it ended; null while it goes on. A test may still find more to say against it.</summary>
    public LiveEnding? End
    {
        get => _end;
        internal set => _end = value;
    }

    /// <summary>What the components of the system wrote since a time, in its order. What looks like a secret is masked.</summary>
    /// <param name="at">The time since the start of the run.</param>
    /// <param name="most">The last so many lines of it.</param>
    /// <returns>The lines, each with who wrote it.</returns>
    public IReadOnlyList<(string Component, LogLine Line)> LogsSince(TimeSpan at, int most) => _logs?.Since(at, most) ?? [];

    /// <summary>What was seen until now.</summary>
    /// <returns>A prefix of the history.</returns>
    public History Look() => _history.Look();
}
