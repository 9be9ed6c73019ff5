using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Drills;

/// <summary>How the recovery of a run compares with that of the runs of the same series before it. A hint and no verdict: decay is told by the ledger's own tests.</summary>
/// <param name="Now">Its RTA; null when it did not recover.</param>
/// <param name="Median">The median of those before.</param>
/// <param name="Runs">How many there were.</param>
internal sealed record DrillChange(TimeSpan? Now, TimeSpan Median, int Runs)
{
    private const int LeastRuns = 3;
    private const double Noise = 0.1;

    /// <summary>By which share it took longer; less than nothing when it was faster, null when it did not recover or nothing took any time before.</summary>
    public double? Share => Now is { } now && Median > TimeSpan.Zero ? (now / Median) - 1 : null;

    /// <summary>Whether it took clearly longer, or did not recover where others had.</summary>
    public bool IsWorse => Now is null || Share > Noise;

    /// <summary>Compares a row with its history.</summary>
    /// <returns>The change; null when nothing can be said yet.</returns>
    public static DrillChange? Of(DrillRow row, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories)
    {
        // What was not judged, and what nobody can have noticed, was neither faster nor slower.
        if (row.Outcome is not (Outcome.Passed or Outcome.Failed) || row.Headlines is not { Recovery: { } recovery, Interrupted: true } || row.Series is not { } series || !histories.TryGetValue(series, out var runs))
        {
            return null;
        }

        var before = runs.Where(run => run.RunId != row.Record!.RunId && run.StartedAt < row.Record.StartedAt && run.IsConclusive && run.Headlines.Interrupted == true).Select(run => run.Headlines.Recovery?.Upper).OfType<TimeSpan>().Order().ToList();
        return before.Count < LeastRuns ? null : new DrillChange(recovery.Upper, before[before.Count / 2], before.Count);
    }

    /// <summary>Such as <c>+12%</c>.</summary>
    public string Short => Share switch
    {
        null => Now is null ? "worse" : "-",
        > -Noise and < Noise => "as before",
        { } share => string.Create(CultureInfo.InvariantCulture, $"{(share > 0 ? "+" : "\u2212")}{Math.Abs(share) * 100:0}%"),
    };

    /// <summary>Such as <c>+12%, median 2.1s of 8 runs</c>.</summary>
    public override string ToString() => $"{Short}, median {DurationText.Format(Median)} of {Runs.ToString(CultureInfo.InvariantCulture)} runs";
}
