using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.FollowUps;
using Dapper;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>Reads a scorecard from a ledger: a few rows an experiment, however many runs there are.</summary>
public static class ScorecardReader
{
    /// <summary>How many of the latest runs of an experiment are shown; statistics are of these.</summary>
    public const int RunsShown = 60;

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
        foreach (var shown in SeriesOfCard.Of(await LedgerQueries.NumberedSeriesAsync(ledger, cancellationToken).ConfigureAwait(false)))
        {
            if (await LedgerQueries.LatestAsync(ledger, shown.Numbers, now, RunsShown, cancellationToken).ConfigureAwait(false) is { Count: > 0 } runs)
            {
                cards.Add(ExperimentReview.Review(runs, options, now));
            }
        }

        var rows = await EvidenceReader.ReadAsync(ledger, now, cancellationToken).ConfigureAwait(false);
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
            [.. cards.OrderByDescending(card => card.Risks.Count > 0).ThenByDescending(card => card.IsOverdue).ThenBy(card => card.Name, StringComparer.OrdinalIgnoreCase).ThenBy(card => card.Series.ToString(), StringComparer.Ordinal)],
            MoneyAtRisk.Of(cards, options),
            future == 0 ? [] : [$"{future} {(future == 1 ? "run claims" : "runs claim")} to have begun in the future and {(future == 1 ? "is" : "are")} left out: a clock was wrong."])
        {
            FollowUps = FollowUpBook.MostUrgentFirst(await FollowUpBook.ReadAsync(ledger, cancellationToken).ConfigureAwait(false), now),
            // After everything else was read: what is appended meanwhile may be in it, and nothing that is shown is missing from it.
            Head = await LedgerChain.HeadAsync(ledger, cancellationToken).ConfigureAwait(false),
        };
    }

    private static SuccessRateOfPeriod Success(IReadOnlyList<EvidenceRow> rows, int days, Func<EvidenceRow, long> runs) => new(
        days,
        rows.Where(row => row.HasPassed).Sum(runs),
        rows.Where(row => row.IsConclusive).Sum(runs),
        rows.Where(row => !row.IsConclusive).Sum(runs));

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
