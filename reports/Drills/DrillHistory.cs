using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Reports.Drills;

/// <summary>The latest runs of the experiments of a drill, as far as the ledger can be reached.</summary>
internal static class DrillHistory
{
    private const int Runs = 20;

    public static async Task<IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>>> ReadAsync(IReadOnlyList<DrillRow> rows, Func<Task<RunLedger>> open, CancellationToken cancellationToken)
    {
        var histories = new Dictionary<RunSeries, IReadOnlyList<LedgerRun>>();
        try
        {
            await using var ledger = await open();
            foreach (var series in rows.Select(row => row.Series).OfType<RunSeries>().Distinct())
            {
                histories[series] = [.. (await LedgerQueries.LatestAsync(ledger, series, DateTimeOffset.UtcNow, Runs, cancellationToken)).Reverse()];
            }
        }
        catch (LedgerException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }

        return histories;
    }
}
