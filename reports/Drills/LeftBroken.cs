using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Reports.Drills;

/// <summary>What has to be known of a drill whose process ended before its tests did.</summary>
internal static class LeftBroken
{
    /// <summary>How many have no result, and what is still in force; nothing of a drill that ran to its end.</summary>
    public static IReadOnlyList<string> Sentences(IReadOnlyList<DrillRow> rows)
    {
        var unfinished = rows.Select(row => row.Unfinished).OfType<Experiments.UnfinishedTest>().ToList();
        if (unfinished.Count == 0)
        {
            return [];
        }

        var folders = unfinished.Select(test => test.FaultJournalFolder).Where(folder => folder.Length > 0).Distinct(StringComparer.Ordinal);
        var left = folders.Select(folder => (Folder: folder, Faults: LeftoverFaults.Find(folder, TimeProvider.System))).Where(found => found.Faults.Count > 0).ToList();
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"The test host ended before its tests did: {unfinished.Count} {(unfinished.Count == 1 ? "experiment has" : "experiments have")} no result, and what was to come after did not run."),
            .. left.Count == 0 ? ["Nothing is left broken."] : left.Select(found => $"Left broken: {TerminalText.Of(string.Join(", ", found.Faults.Select(fault => fault.Fault)))}. To undo it: chaos faults revert --journals \"{found.Folder}\""),
        ];
    }
}
