using ChaosHarness.Experiments;
using ChaosHarness.Origins;

namespace ChaosHarness.Ledger.Runs;

/// <summary>One run as the ledger keeps it. What was not measured is no figure of it.</summary>
public sealed record LedgerRun
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Which experiment it was, whatever that was called at the time.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>What its test ran with, as a JSON object with sorted names.</summary>
    public string Parameters { get; init; } = RunSeries.NoParameters;

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

    /// <summary>Which attempt of its test it belongs to, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether a later attempt of the same test counts in its place. The ledger says so; whatever is appended is asked anew.</summary>
    public bool IsReplaced { get; init; }

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

    /// <summary>What was measured, and what it was held against.</summary>
    public IReadOnlyList<RecordedFigure> Figures { get; init; } = [];

    /// <summary>What the run showed, in the words of <see cref="RunEvidence"/>.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Words that sort runs, such as the categories of a test.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whether the run says something about the system: it passed or failed.</summary>
    public bool IsConclusive => Outcome is Outcome.Passed or Outcome.Failed;

    /// <summary>The runs that it may be compared with.</summary>
    public RunSeries Series => new(ExperimentId, Parameters, System, Environment, Topology, Origin.Profile);

    /// <summary>The figures that one line has room for.</summary>
    public Headlines Headlines => new(Figures);
}
