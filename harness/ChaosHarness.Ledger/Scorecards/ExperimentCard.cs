using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What the ledger says of one experiment on one system.</summary>
public sealed record ExperimentCard
{
    /// <summary>The fewest conclusive runs with a measured recovery that a headroom is computed from.</summary>
    public const int LeastRunsForHeadroom = 5;

    /// <summary>The runs that are compared with each other: of this experiment, with these parameters, on this system, under this profile.</summary>
    public required RunSeries Series { get; init; }

    /// <summary>The experiment.</summary>
    public string Id => Series.ExperimentId;

    /// <summary>What it is called now.</summary>
    public required string Name { get; init; }

    /// <summary>What its test runs with, such as <c>later=2s</c>; empty for nothing.</summary>
    public string Parameters => Series.ParameterText;

    /// <summary>The system under test.</summary>
    public string System => Series.System;

    /// <summary>Where that runs.</summary>
    public string Environment => Series.Environment;

    /// <summary>How it runs.</summary>
    public string Topology => Series.Topology;

    /// <summary>The profile; null for none.</summary>
    public string? Profile => Series.Profile;

    /// <summary>What the newest run that measured anything was held to.</summary>
    public required HeadlineObjectives Objectives { get; init; }

    /// <summary>The latest runs, the oldest first; statistics are of these.</summary>
    public required IReadOnlyList<LedgerRun> Runs { get; init; }

    /// <summary>Of the conclusive ones, how many passed.</summary>
    public required int Passed { get; init; }

    /// <summary>How many were conclusive.</summary>
    public required int Conclusive { get; init; }

    /// <summary>The Wilson interval of the pass rate, 95 percent: wide while runs are few.</summary>
    public Interval? PassRate => WilsonInterval.Of(Passed, Conclusive);

    /// <summary>Whether it passes and fails by turns: at least three changes between passing and failing among the latest 20 conclusive runs.</summary>
    public required bool IsFlaky { get; init; }

    /// <summary>The median of the recovery times in seconds; infinite when most did not recover, null without any.</summary>
    public double? MedianRecovery { get; init; }

    /// <summary>Its confidence interval, 95 percent; null below 6 runs.</summary>
    public Interval? MedianRecoveryConfidence { get; init; }

    /// <summary>The 95th percentile of the recovery times in seconds (nearest rank: the longest below 20 runs); null below <see cref="LeastRunsForHeadroom"/> runs.</summary>
    public double? RecoveryP95 { get; init; }

    /// <summary>RTO divided by <see cref="RecoveryP95"/>: below 1 the objective is missed too often, null without an objective or with too few runs.</summary>
    public double? Headroom { get; init; }

    /// <summary>How the latest runs compare with those before.</summary>
    public required IReadOnlyList<ChangeOfMetric> Changes { get; init; }

    /// <summary>Why its objectives are at risk; empty when they are not.</summary>
    public required IReadOnlyList<string> Risks { get; init; }

    /// <summary>When it last said something of the system; null when it never did.</summary>
    public DateTimeOffset? LastEvidence { get; init; }

    /// <summary>Whether it was run and never came to a conclusion.</summary>
    public bool HasNeverConcluded => LastEvidence is null;

    /// <summary>After how many days without evidence it is overdue; without any, after its first run.</summary>
    public required int OverdueAfterDays { get; init; }

    /// <summary>Whether it is.</summary>
    public required bool IsOverdue { get; init; }
}
