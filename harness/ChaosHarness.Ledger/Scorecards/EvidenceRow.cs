using ChaosHarness.Ledger.Rows;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Runs of a year that showed the same: of one series, with one outcome.</summary>
public sealed class EvidenceRow
{
    /// <summary>The experiment.</summary>
    public string ExperimentId { get; set; } = "";

    /// <summary>How they ended.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>The profile; null for none.</summary>
    public string? Profile { get; set; }

    /// <summary>What they showed, in the words of <see cref="RunEvidence"/>.</summary>
    public string Evidence { get; set; } = "";

    /// <summary>Their labels.</summary>
    public string Labels { get; set; } = "";

    /// <summary>How many there were in 365 days.</summary>
    public long Runs { get; set; }

    /// <summary>Of these, in 90 days.</summary>
    public long Runs90 { get; set; }

    /// <summary>Of these, in 30 days.</summary>
    public long Runs30 { get; set; }

    /// <summary>When the last one began, in Unix milliseconds.</summary>
    public long Last { get; set; }

    /// <summary>Runs of 90 days that measured availability.</summary>
    public long WithAvailability { get; set; }

    /// <summary>The sum of their availabilities.</summary>
    public double Availability { get; set; }

    /// <summary>Runs of 90 days in which users were interrupted and served again.</summary>
    public long Recoveries { get; set; }

    /// <summary>The sum of their recovery times in seconds.</summary>
    public double RecoveryTime { get; set; }

    /// <summary>Runs of 90 days that the system noticed.</summary>
    public long Detections { get; set; }

    /// <summary>The sum of their times to detect in seconds.</summary>
    public double DetectionTime { get; set; }

    /// <summary>The largest share of capacity that was taken away in 90 days; null when none was.</summary>
    public double? CapacityLost { get; set; }

    /// <summary>Whether they say something of backups: they restored one, or are labelled so.</summary>
    public bool IsOfBackups => Shows(RunEvidence.Restored) || IsLabelled(SuccessMetrics.BackupLabel);

    /// <summary>Runs of 90 days in which users were interrupted.</summary>
    public long Interruptions => Shows(RunEvidence.Interrupted) ? Runs90 : 0;

    /// <summary>Runs of 90 days in which users were interrupted and the system noticed.</summary>
    public long InterruptionsNoticed => Shows(RunEvidence.Detected) ? Interruptions : 0;

    /// <summary>Whether they passed.</summary>
    public bool HasPassed => Outcome == nameof(Experiments.Outcome.Passed);

    /// <summary>Whether they say something of the system.</summary>
    public bool IsConclusive => HasPassed || Outcome == nameof(Experiments.Outcome.Failed);

    /// <summary>Whether they showed something.</summary>
    /// <param name="word">A word of <see cref="RunEvidence"/>.</param>
    /// <returns>True when they did.</returns>
    public bool Shows(string word) => RunKind.List(Evidence).Contains(word, StringComparer.Ordinal);

    /// <summary>Whether they carry a label.</summary>
    /// <param name="label">The label.</param>
    /// <returns>True when they do.</returns>
    public bool IsLabelled(string label) => RunKind.List(Labels).Contains(label, StringComparer.Ordinal);
}
