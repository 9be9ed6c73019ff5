using ChaosHarness.Checkers.Answers;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Logs;
using ChaosHarness.Origins;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

// Members that are not required are null when a journal of an earlier version is read, whatever they are initialised with: so they are never initialised.
/// <summary>The full record of one run. Reports only render it; nothing is measured after it was made. Times are since the start of the run.</summary>
public sealed record RunRecord
{
    /// <summary>Unique, and sorts by time.</summary>
    public required string RunId { get; init; }

    /// <summary>Which experiment it is, from run to run.</summary>
    public string ExperimentId { get => field ?? Name; init; }

    /// <summary>What the test ran with, by the names of its parameters: another value is another history.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>Which attempt of its test it belongs to, from 1; of several, the last counts.</summary>
    public int Attempt { get => field == 0 ? 1 : field; init; }

    /// <summary>Whether the process ended before the run did; what is here is what was known by then.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether it cannot run on a machine like this one at all, whatever is done about it; then it is Inconclusive, and no reason to fail anything.</summary>
    public bool Impossible { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Words that sort runs, such as the categories of a test.</summary>
    public IReadOnlyList<string> Labels { get => field ?? []; init; }

    /// <summary>Where the run comes from.</summary>
    public RunOrigin Origin { get => field ?? new RunOrigin(); init; }

    /// <summary>What was expected of the system.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>The system under test.</summary>
    public required string System { get; init; }

    /// <summary>The environment that it runs in.</summary>
    public required string Environment { get; init; }

    /// <summary>How it runs.</summary>
    public required string Topology { get; init; }

    /// <summary>How many times faster than where its objectives come from the system's own waits pass: its <see cref="Systems.SystemUnderTest.Speed"/>.</summary>
    public double Speed { get => field == 0 ? 1 : field; init; }

    /// <summary>What the system consists of; empty when unknown.</summary>
    public IReadOnlyList<Component> Components { get => field ?? []; init; }

    /// <summary>The wall clock at the start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why it ended so; null when it passed.</summary>
    public string? Reason { get; init; }

    /// <summary>What the system was held to.</summary>
    public required Objectives Objectives { get; init; }

    /// <summary>Which step of a scenario it is; null when it stands alone.</summary>
    public ScenarioStep? Step { get; init; }

    /// <summary>What the people who took part knew before it began; null when nobody wrote it down.</summary>
    public DrillScript? Script { get; init; }

    /// <summary>Who let the system be broken; null when nobody was asked.</summary>
    public GoRecord? Go { get; init; }

    /// <summary>What it was going to do, as it stood before the go was asked for; null where nobody kept that.</summary>
    public PlanRecord? Plan { get; init; }

    /// <summary>With what it was made; null where nobody kept that.</summary>
    public RunVersions? Versions { get; init; }

    /// <summary>How it kept each of them.</summary>
    public IReadOnlyList<Verdict> Verdicts { get => field ?? []; init; }

    /// <summary>The numbers that were measured, whichever checkers they come from.</summary>
    public IReadOnlyList<RecordedFigure> Figures { get => field ?? []; init; }

    /// <summary>What was found, in words.</summary>
    public IReadOnlyList<FindingRecord> Findings { get => field ?? []; init; }

    /// <summary>The probe or workload that was judged where nobody named one; null when nothing was judged.</summary>
    public string? Signal { get; init; }

    /// <summary>How the latencies of that signal were spread from the injection to the end of observing.</summary>
    public IReadOnlyList<LatencyBucket> LatencyHistogram { get => field ?? []; init; }

    /// <summary>Every write that was acknowledged and is missing, in the order in which they were sent.</summary>
    public IReadOnlyList<LostWrite> LostWrites { get => field ?? []; init; }

    /// <summary>The backups that were restored, in the order in which that was over.</summary>
    public IReadOnlyList<RestoreRecord> Restores { get => field ?? []; init; }

    /// <summary>When the faults took effect, from the first one's beginning to the last one's end; null when none did.</summary>
    public TimeWindow? Injection { get; init; }

    /// <summary>When observing ended, before what was left was undone; null when it was not reached.</summary>
    public TimeSpan? Cut { get; init; }

    /// <summary>When they were undone at the end; null when nothing was injected.</summary>
    public TimeWindow? Revert { get; init; }

    /// <summary>The steady state before the injection; null when it was not reached.</summary>
    public SteadyStateReport? SteadyStateBefore { get; init; }

    /// <summary>The steady state from the injection to the end of observing: what the fault did to it. Not judged.</summary>
    public SteadyStateReport? SteadyStateDuring { get; init; }

    /// <summary>The steady state after the revert.</summary>
    public SteadyStateReport? SteadyStateAfter { get; init; }

    /// <summary>The steps, all eight of them.</summary>
    public required IReadOnlyList<PhaseRecord> Phases { get; init; }

    /// <summary>The faults, in the order in which they were injected.</summary>
    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    /// <summary>What was planned and did not strike, or not as often as it was to, with why. Empty where nobody kept that, as of a process that was killed.</summary>
    public IReadOnlyList<UnstruckFault> Unstruck { get => field ?? []; init; }

    /// <summary>What happened, in order.</summary>
    public required IReadOnlyList<TimelineEvent> Timeline { get; init; }

    /// <summary>What the components wrote around the injection and the recovery.</summary>
    public IReadOnlyList<LogExcerpt> Logs { get => field ?? []; init; }

    /// <summary>What was seen.</summary>
    public required IReadOnlyList<ObservationSeries> Observations { get; init; }

    /// <summary>Finds a figure.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="subject">What it is of; null for the first of that name.</param>
    /// <returns>The figure; null when nobody looked for it.</returns>
    public RecordedFigure? Find(string name, string? subject = null) =>
        Figures.FirstOrDefault(figure => figure.Figure.Name == name && (subject is null || figure.Figure.Subject == subject));

    /// <summary>Makes an id for a run.</summary>
    /// <param name="startedAt">When it began.</param>
    /// <returns>An id that is unique and sorts by time.</returns>
    public static string NewRunId(DateTimeOffset startedAt) => $"{startedAt.UtcDateTime:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}";
}
