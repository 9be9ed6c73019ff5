using Dapper;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Reads a scorecard from a ledger: a few rows an experiment, however many runs there are.</summary>
public static class ScorecardReader
{
    /// <summary>How many of the latest runs of an experiment are shown; statistics are of these.</summary>
    public const int RunsShown = 60;


    // One pass over an index that holds all of it.
    private const string EvidenceSql = """
        SELECT experiment_id AS ExperimentId, outcome AS Outcome, profile AS Profile, evidence AS Evidence, labels AS Labels,
            COUNT(*) AS Runs,
            SUM(CASE WHEN started_at > @days90 THEN 1 ELSE 0 END) AS Runs90,
            SUM(CASE WHEN started_at > @days30 THEN 1 ELSE 0 END) AS Runs30,
            MAX(started_at) AS Last,
            CAST(SUM(CASE WHEN started_at > @days90 THEN COALESCE(good, 0) ELSE 0 END) AS BIGINT) AS Good,
            CAST(SUM(CASE WHEN started_at > @days90 THEN COALESCE(due, 0) ELSE 0 END) AS BIGINT) AS Due,
            SUM(CASE WHEN started_at > @days90 AND due > 0 THEN 1 ELSE 0 END) AS WithAvailability,
            SUM(CASE WHEN started_at > @days90 AND interrupted = 1 THEN 1 ELSE 0 END) AS Interruptions,
            SUM(CASE WHEN started_at > @days90 AND interrupted = 1 AND rta_upper IS NOT NULL THEN 1 ELSE 0 END) AS Recoveries,
            CAST(SUM(CASE WHEN started_at > @days90 AND interrupted = 1 THEN COALESCE(rta_upper, 0) ELSE 0 END) AS BIGINT) AS RecoveryTime,
            SUM(CASE WHEN started_at > @days90 AND ttd_upper IS NOT NULL THEN 1 ELSE 0 END) AS Detections,
            CAST(SUM(CASE WHEN started_at > @days90 THEN COALESCE(ttd_upper, 0) ELSE 0 END) AS BIGINT) AS DetectionTime,
            SUM(CASE WHEN started_at > @days90 AND interrupted = 1 AND ttd_upper IS NOT NULL THEN 1 ELSE 0 END) AS InterruptionsNoticed,
            MAX(CASE WHEN started_at > @days90 THEN capacity_lost END) AS CapacityLost
        FROM runs WHERE started_at > @days365 AND started_at <= @until
        GROUP BY experiment_id, outcome, profile, evidence, labels
        """;

    /// <summary>Reads the scorecard.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="options">What no run knows.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The scorecard.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<Scorecard> ReadAsync(RunLedger ledger, ScorecardOptions options, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(options);
        var cards = new List<ExperimentCard>();
        foreach (var id in await LedgerQueries.ExperimentsAsync(ledger, cancellationToken).ConfigureAwait(false))
        {
            if (await LedgerQueries.LatestAsync(ledger, id, now, RunsShown, cancellationToken).ConfigureAwait(false) is { Count: > 0 } runs)
            {
                cards.Add(ExperimentReview.Review(runs, options, now));
            }
        }

        var rows = await EvidenceAsync(ledger, now, cancellationToken).ConfigureAwait(false);
        var weeks = await WeeksAsync(ledger, now, cancellationToken).ConfigureAwait(false);
        var future = await LedgerQueries.FromTheFutureAsync(ledger, now, cancellationToken).ConfigureAwait(false);
        var book = new EvidenceBook(rows, cards, weeks);
        return new Scorecard(
            options.Title,
            now,
            ledger.Address.Shown,
            [Success(rows, 30, row => row.Runs30), Success(rows, 90, row => row.Runs90), Success(rows, 365, row => row.Runs)],
            MaturityModel.Assess(book, now),
            SuccessMetrics.Of(rows),
            [.. cards.OrderByDescending(card => card.Risks.Count > 0).ThenByDescending(card => card.IsOverdue).ThenBy(card => card.Name, StringComparer.OrdinalIgnoreCase)],
            MoneyAtRisk.Of(cards, options),
            future == 0 ? [] : [$"{future} {(future == 1 ? "run claims" : "runs claim")} to have begun in the future and {(future == 1 ? "is" : "are")} left out: a clock was wrong."]);
    }

    private static SuccessRateOfPeriod Success(IReadOnlyList<EvidenceRow> rows, int days, Func<EvidenceRow, long> runs) => new(
        days,
        rows.Where(row => row.HasPassed).Sum(runs),
        rows.Where(row => row.IsConclusive).Sum(runs),
        rows.Where(row => !row.IsConclusive).Sum(runs));

    private static Task<IReadOnlyList<EvidenceRow>> EvidenceAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken) => ledger.AskAsync<IReadOnlyList<EvidenceRow>>(
        async connection =>
        {
            var parameters = new { days365 = Before(now, 365), days90 = Before(now, 90), days30 = Before(now, 30), until = LedgerQueries.Until(now) };
            return [.. await connection.QueryAsync<EvidenceRow>(new CommandDefinition(EvidenceSql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)];
        },
        cancellationToken);

    // Whole weeks before now, the newest being number 0.
    private static Task<IReadOnlySet<long>> WeeksAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken) => ledger.AskAsync<IReadOnlySet<long>>(
        async connection =>
        {
            var weeks = new HashSet<long>();
            for (var week = 0; week < EvidenceBook.WeeksLookedAt; week++)
            {
                var parameters = new { from = Before(now, 7 * (week + 1)), to = week == 0 ? LedgerQueries.Until(now) : Before(now, 7 * week) };
                if (await connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT CASE WHEN EXISTS (SELECT 1 FROM runs WHERE started_at > @from AND started_at <= @to) THEN 1 ELSE 0 END", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false) == 1)
                {
                    weeks.Add(week);
                }
            }

            return weeks;
        },
        cancellationToken);

    private static long Before(DateTimeOffset now, int days) => now.AddDays(-days).ToUnixTimeMilliseconds();
}
