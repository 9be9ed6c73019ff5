using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Rows;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Reads what the runs of a year showed: a few rows a series, however many runs there are.</summary>
internal static class EvidenceReader
{
    // One pass over an index that holds all of it.
    private const string CountsSql = """
        SELECT series_no AS SeriesNo, kind_no AS KindNo,
            COUNT(*) AS Runs,
            CAST(SUM(CASE WHEN started_at > @days90 THEN 1 ELSE 0 END) AS BIGINT) AS Runs90,
            CAST(SUM(CASE WHEN started_at > @days30 THEN 1 ELSE 0 END) AS BIGINT) AS Runs30,
            MAX(started_at) AS Last
        FROM runs WHERE started_at > @days365 AND started_at <= @until AND replaced = 0
        GROUP BY series_no, kind_no
        """;

    private static readonly string[] Totalled = [FigureNames.RecoveryTime, FigureNames.TimeToDetect, FigureNames.Availability, FigureNames.CapacityLost];

    public static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new { days365 = Before(now, 365), days90 = Before(now, 90), days30 = Before(now, 30), until = LedgerQueries.Until(now), never = double.PositiveInfinity };
        var names = (await ledger.FigureNamesAsync(cancellationToken).ConfigureAwait(false)).Where(entry => Totalled.Contains(entry.Value.Name, StringComparer.Ordinal)).ToDictionary(entry => entry.Number, entry => entry.Value);
        var counts = await AskAsync<CountRow>(ledger, CountsSql, parameters, cancellationToken).ConfigureAwait(false);
        var totals = names.Count == 0 ? [] : await AskAsync<FigureTotal>(ledger, TotalsSql(names.Keys), parameters, cancellationToken).ConfigureAwait(false);
        var series = (await ledger.SeriesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Number, entry => entry.Value);
        var kinds = await ledger.KindsAsync(counts.Select(row => row.KindNo), cancellationToken).ConfigureAwait(false);
        var mains = totals.GroupBy(total => total.SeriesNo).ToDictionary(group => group.Key, group => Mains([.. group], names));
        var found = totals.ToLookup(total => (total.SeriesNo, total.KindNo));
        return [.. counts.Select(row => Row(row, series[row.SeriesNo], kinds[row.KindNo], name => found[(row.SeriesNo, row.KindNo)].FirstOrDefault(total => mains[row.SeriesNo].GetValueOrDefault(name) == total.FigureNo)))];
    }

    // The plus keeps SQLite from looking each figure up by itself: those of a run lie next to each other.
    private static string TotalsSql(IEnumerable<long> figures) => $"""
        SELECT r.series_no AS SeriesNo, r.kind_no AS KindNo, f.figure_no AS FigureNo,
            CAST(SUM(CASE WHEN f.objective IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS Held,
            COUNT(f.lower) AS Known,
            COALESCE(SUM(f.lower), 0.0) AS Lower,
            MAX(f.lower) AS Largest,
            CAST(SUM(CASE WHEN COALESCE(f.upper, f.lower) < @never THEN 1 ELSE 0 END) AS BIGINT) AS Ended,
            COALESCE(SUM(CASE WHEN COALESCE(f.upper, f.lower) < @never THEN COALESCE(f.upper, f.lower) END), 0.0) AS Upper
        FROM runs r JOIN figures f ON f.run_no = r.run_no
        WHERE r.started_at > @days90 AND r.started_at <= @until AND r.replaced = 0 AND +f.figure_no IN ({string.Join(',', figures.Select(number => number.ToString(CultureInfo.InvariantCulture)))})
        GROUP BY r.series_no, r.kind_no, f.figure_no
        """;

    // The same choice as for a single run: of the system as a whole, else what was held against an objective, else the first.
    private static Dictionary<string, long> Mains(IReadOnlyList<FigureTotal> totals, Dictionary<long, FigureName> names) => totals
        .GroupBy(total => names[total.FigureNo].Name, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => group.GroupBy(total => total.FigureNo)
                .OrderByDescending(figure => names[figure.Key].Subject.Length == 0)
                .ThenByDescending(figure => figure.Any(total => total.Held > 0))
                .ThenBy(figure => figure.Key)
                .First().Key,
            StringComparer.Ordinal);

    private static EvidenceRow Row(CountRow counts, RunSeries series, RunKind kind, Func<string, FigureTotal?> total)
    {
        var row = new EvidenceRow
        {
            ExperimentId = series.ExperimentId,
            Outcome = kind.Outcome,
            Profile = series.Profile,
            Evidence = kind.Evidence,
            Labels = kind.Labels,
            Runs = counts.Runs,
            Runs90 = counts.Runs90,
            Runs30 = counts.Runs30,
            Last = counts.Last,
        };
        if (total(FigureNames.Availability) is { } availability)
        {
            (row.WithAvailability, row.Availability) = (availability.Known, availability.Lower);
        }

        if (row.Shows(RunEvidence.Interrupted) && total(FigureNames.RecoveryTime) is { } recovery)
        {
            (row.Recoveries, row.RecoveryTime) = (recovery.Ended, recovery.Upper);
        }

        if (total(FigureNames.TimeToDetect) is { } detection)
        {
            (row.Detections, row.DetectionTime) = (detection.Ended, detection.Upper);
        }

        row.CapacityLost = total(FigureNames.CapacityLost)?.Largest;
        return row;
    }

    private static Task<IReadOnlyList<T>> AskAsync<T>(RunLedger ledger, string sql, object parameters, CancellationToken cancellationToken) => ledger.AskAsync<IReadOnlyList<T>>(
        async connection => [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)],
        cancellationToken);

    private static long Before(DateTimeOffset now, int days) => now.AddDays(-days).ToUnixTimeMilliseconds();
}
