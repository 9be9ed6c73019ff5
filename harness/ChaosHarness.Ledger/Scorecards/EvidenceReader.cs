using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Rows;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Reads what the runs of a year showed.</summary>
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

    // Half of a number of SQLite and PostgreSQL for the kind, the other for the figure and whether it was held against an objective.
    private const int KindShift = 32;
    private const int MostSpans = 4;
    private static readonly string[] Totalled = [FigureNames.RecoveryTime, FigureNames.TimeToDetect, FigureNames.Availability, FigureNames.CapacityLost];

    public static async Task<IReadOnlyList<EvidenceRow>> ReadAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var parameters = new { days365 = Before(now, 365), days90 = Before(now, 90), days30 = Before(now, 30), until = LedgerQueries.Until(now) };
        var names = (await ledger.FigureNamesAsync(cancellationToken).ConfigureAwait(false)).Where(entry => Totalled.Contains(entry.Value.Name, StringComparer.Ordinal)).ToDictionary(entry => entry.Number, entry => entry.Value);
        // Side by side: SQLite works on the thread that asks.
        var counting = Task.Run(() => CountsAsync(ledger, parameters, cancellationToken), cancellationToken);
        var totalling = names.Count == 0 ? [] : Spans(parameters.days90, parameters.until).Select(span => Task.Run(() => TotalsAsync(ledger, FiguresSql(names.Keys), span, cancellationToken), cancellationToken)).ToList();
        await Task.WhenAll([counting, .. totalling]).ConfigureAwait(false);
        var counts = await counting.ConfigureAwait(false);
        var totals = Sums((await Task.WhenAll(totalling).ConfigureAwait(false)).SelectMany(some => some));
        var series = (await ledger.SeriesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Number, entry => entry.Value);
        var kinds = await ledger.KindsAsync(counts.Select(row => row.KindNo), cancellationToken).ConfigureAwait(false);
        var mains = totals.GroupBy(total => total.SeriesNo).ToDictionary(group => group.Key, group => Mains([.. group], names));
        var found = totals.ToLookup(total => (total.SeriesNo, total.KindNo));
        return [.. counts.Select(row => Row(row, series[row.SeriesNo], kinds[row.KindNo], name => found[(row.SeriesNo, row.KindNo)].FirstOrDefault(total => mains[row.SeriesNo].GetValueOrDefault(name) == total.FigureNo)))];
    }

    private static Task<IReadOnlyList<CountRow>> CountsAsync(RunLedger ledger, object parameters, CancellationToken cancellationToken) => ledger.AskAsync<IReadOnlyList<CountRow>>(
        async connection => [.. await connection.QueryAsync<CountRow>(new CommandDefinition(CountsSql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)],
        cancellationToken);

    // Added up here: SQLite would sort them all first, which takes longer than to read them.
    private static Task<IReadOnlyList<FigureTotal>> TotalsAsync(RunLedger ledger, string sql, (long After, long Until) span, CancellationToken cancellationToken) => ledger.AskAsync<IReadOnlyList<FigureTotal>>(
        async connection =>
        {
            var totals = new Dictionary<(long Series, long Packed), FigureTotal>();
            var parameters = new { after = span.After, until = span.Until, never = double.PositiveInfinity, unknown = double.NegativeInfinity };
            var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var key = (Series: reader.GetInt64(0), Packed: reader.GetInt64(1));
                    if (!totals.TryGetValue(key, out var total))
                    {
                        totals.Add(key, total = new FigureTotal(key.Series, key.Packed >> KindShift, (key.Packed & ((1L << KindShift) - 1)) >> 1));
                    }

                    total.Add(reader.GetDouble(2), reader.GetDouble(3), isHeld: (key.Packed & 1) == 1);
                }
            }

            return [.. totals.Values];
        },
        cancellationToken);

    // Every column of a row that is read costs about as much as the database takes to find it: three numbers travel as one, and none is missing.
    // The plus keeps SQLite from looking each figure up by itself: those of a run lie next to each other.
    private static string FiguresSql(IEnumerable<long> figures) => $"""
        SELECT r.series_no,
            r.kind_no * {1L << KindShift} + f.figure_no * 2 + CASE WHEN f.objective IS NULL THEN 0 ELSE 1 END,
            COALESCE(f.lower, @unknown),
            COALESCE(f.upper, f.lower, @never)
        FROM runs r JOIN figures f ON f.run_no = r.run_no
        WHERE r.started_at > @after AND r.started_at <= @until AND r.replaced = 0 AND +f.figure_no IN ({string.Join(',', figures.Select(number => number.ToString(CultureInfo.InvariantCulture)))})
        """;

    // As many as there are processors, up to what a disk bears.
    private static IEnumerable<(long After, long Until)> Spans(long after, long until)
    {
        var count = Math.Clamp(Environment.ProcessorCount, 1, MostSpans);
        return Enumerable.Range(0, count).Select(index => (At(index), At(index + 1)));

        long At(int index) => after + ((until - after) / count * index) + (index == count ? (until - after) % count : 0);
    }

    private static List<FigureTotal> Sums(IEnumerable<FigureTotal> parts) =>
        [.. parts.GroupBy(part => (part.SeriesNo, part.KindNo, part.FigureNo)).Select(group => group.Aggregate((one, other) => one.Plus(other)))];

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

    private static long Before(DateTimeOffset now, int days) => now.AddDays(-days).ToUnixTimeMilliseconds();
}
