using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Measurement;
using ChaosHarness.Origins;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Runs;

/// <summary>One run as the ledger keeps it. What was not measured is null.</summary>
public sealed record LedgerRun
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Which experiment it was, whatever that was called at the time.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>What the experiment was called.</summary>
    public required string Name { get; init; }

    /// <summary>The system under test.</summary>
    public required string System { get; init; }

    /// <summary>The environment that it ran in.</summary>
    public required string Environment { get; init; }

    /// <summary>How it ran.</summary>
    public required string Topology { get; init; }

    /// <summary>Where the run comes from.</summary>
    public RunOrigin Origin { get; init; } = new();

    /// <summary>The wall clock at the start, UTC, to the millisecond.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The wall clock when it was written to the ledger, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why it ended so; null when it passed.</summary>
    public string? Reason { get; init; }

    /// <summary>What the system was held to.</summary>
    public Objectives Objectives { get; init; } = Objectives.None;

    /// <summary>RTA; no upper bound when it did not recover.</summary>
    public Bounds? Recovery { get; init; }

    /// <summary>Whether users were interrupted at all.</summary>
    public bool? Interrupted { get; init; }

    /// <summary>Writes acknowledged.</summary>
    public long? WritesAcknowledged { get; init; }

    /// <summary>RPA in writes.</summary>
    public long? WritesLost { get; init; }

    /// <summary>Writes acknowledged by a node that was no longer primary.</summary>
    public long? WritesDiverged { get; init; }

    /// <summary>RPA in time.</summary>
    public TimeSpan? LossAge { get; init; }

    /// <summary>TTD, time to detect.</summary>
    public Bounds? TimeToDetect { get; init; }

    /// <summary>Who noticed first.</summary>
    public string? DetectedBy { get; init; }

    /// <summary>Availability from the injection to the end of observing.</summary>
    public Availability? Availability { get; init; }

    /// <summary>The 99th percentile of the latency before the injection.</summary>
    public TimeSpan? LatencyBeforeP99 { get; init; }

    /// <summary>The median latency from the injection on.</summary>
    public TimeSpan? LatencyP50 { get; init; }

    /// <summary>The 99th percentile from the injection on.</summary>
    public TimeSpan? LatencyP99 { get; init; }

    /// <summary>The slowest from the injection on.</summary>
    public TimeSpan? LatencyMaximum { get; init; }

    /// <summary>The share of the instances of a service that the faults took away at most, 0 to 1; null when they took none, or nobody knows.</summary>
    public double? CapacityLost { get; init; }

    /// <summary>What the run showed, in the words of <see cref="RunEvidence"/>.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Words that sort runs, such as the categories of a test.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether the run says something about the system: it passed or failed.</summary>
    public bool IsConclusive => Outcome is Outcome.Passed or Outcome.Failed;
}
