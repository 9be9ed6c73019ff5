using System.Globalization;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger;

/// <summary>Questions that reports ask a ledger again and again. Runs that claim to have begun in the future are left out: a clock was wrong by more than five minutes.</summary>
public static class LedgerQueries
{
    // Machines that share a ledger do not agree to the second.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The series that have runs.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The series, by experiment, then in the order in which they first ran.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<IReadOnlyList<RunSeries>> SeriesAsync(RunLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return [.. (await NumberedSeriesAsync(ledger, cancellationToken).ConfigureAwait(false)).Select(entry => entry.Series)];
    }

    /// <summary>The latest runs of a series, without those that a later attempt replaced.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="series">The series.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The runs, the newest first.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static async Task<IReadOnlyList<LedgerRun>> LatestAsync(RunLedger ledger, RunSeries series, DateTimeOffset now, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(series);
        var known = (await NumberedSeriesAsync(ledger, cancellationToken).ConfigureAwait(false)).FirstOrDefault(entry => entry.Series == series);
        return known.Series is null ? [] : await LatestAsync(ledger, [known.Number], now, count, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many runs claim to have begun in the future.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<long> FromTheFutureAsync(RunLedger ledger, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.AskAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT COUNT(*) FROM runs WHERE started_at > @until", new { until = Until(now) }, cancellationToken: cancellationToken)),
            cancellationToken);
    }

    internal static async Task<IReadOnlyList<(long Number, RunSeries Series)>> NumberedSeriesAsync(RunLedger ledger, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT series_no FROM series WHERE EXISTS (SELECT 1 FROM runs WHERE runs.series_no = series.series_no)";
        var withRuns = await ledger.AskAsync(async connection => (await connection.QueryAsync<long>(new CommandDefinition(Sql, cancellationToken: cancellationToken)).ConfigureAwait(false)).ToHashSet(), cancellationToken).ConfigureAwait(false);
        return [.. (await ledger.SeriesAsync(cancellationToken).ConfigureAwait(false)).Where(entry => withRuns.Contains(entry.Number)).OrderBy(entry => entry.Value.ExperimentId, StringComparer.Ordinal)];
    }

    internal static Task<IReadOnlyList<LedgerRun>> LatestAsync(RunLedger ledger, IReadOnlyList<long> series, DateTimeOffset now, int count, CancellationToken cancellationToken) =>
        ledger.RunsAsync(LatestOf(series), new { until = Until(now), count = (long)count }, cancellationToken);

    /// <summary>Of the latest runs of a series those that are wanted, which is decided without their figures.</summary>
    internal static Task<IReadOnlyList<LedgerRun>> LatestAsync(RunLedger ledger, long series, DateTimeOffset now, int count, Func<IReadOnlyList<LedgerRun>, IReadOnlySet<string>> wanted, CancellationToken cancellationToken) =>
        ledger.RunsAsync(LatestOf([series]), new { until = Until(now), count = (long)count }, wanted, cancellationToken);

    private static string LatestOf(IReadOnlyList<long> series) => string.Create(
        CultureInfo.InvariantCulture,
        $"WHERE series_no IN ({string.Join(',', series)}) AND replaced = 0 AND started_at <= @until ORDER BY started_at DESC, run_id DESC LIMIT @count");

    /// <summary>The latest start, in Unix milliseconds, that is not taken for one in the future.</summary>
    internal static long Until(DateTimeOffset now) => (now + ClockTolerance).ToUnixTimeMilliseconds();
}
