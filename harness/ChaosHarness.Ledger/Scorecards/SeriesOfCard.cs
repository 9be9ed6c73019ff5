using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>
/// The series that one card shows: one, and beside it the runs of tests that never came to their experiment and so know no system. Which system these
/// would have been about nobody knows; they go with the one that the experiment ran on most recently for the first time.
/// </summary>
/// <param name="Series">The series.</param>
/// <param name="Numbers">The numbers of all that are shown.</param>
internal sealed record SeriesOfCard(RunSeries Series, IReadOnlyList<long> Numbers)
{
    public static IReadOnlyList<SeriesOfCard> Of(IReadOnlyList<(long Number, RunSeries Series)> all) =>
    [
        .. all.GroupBy(entry => (entry.Series.ExperimentId, entry.Series.Parameters, entry.Series.Profile)).SelectMany(group =>
        {
            var known = group.Where(entry => entry.Series.IsOfAKnownSystem).OrderBy(entry => entry.Number).ToList();
            var unknown = group.Where(entry => !entry.Series.IsOfAKnownSystem).ToList();
            return known.Count == 0
                ? unknown.Select(entry => new SeriesOfCard(entry.Series, [entry.Number]))
                : known.Select((entry, index) => new SeriesOfCard(entry.Series, [entry.Number, .. index == known.Count - 1 ? unknown.Select(other => other.Number) : []]));
        }),
    ];
}
