using System.Data.Common;
using System.Runtime.CompilerServices;
using ChaosHarness.Ledger.Databases;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger;

/// <summary>
/// The history of all runs. It is only appended to: a run is there once, as it was first written, however often it is appended or imported.
/// Safe for many processes and threads at once.
/// </summary>
public sealed class RunLedger : IAsyncDisposable
{
    private const int IdsAsked = 500;
    private static readonly string AllColumns = string.Join(", ", RunRow.Columns.Select(column => $"{column.Column} AS \"{column.Property}\""));
    private static readonly string InsertRun =
        $"INSERT INTO runs ({string.Join(", ", RunRow.Columns.Select(column => column.Column))}) VALUES ({string.Join(", ", RunRow.Columns.Select(column => "@" + column.Property))}) ON CONFLICT (run_id) DO NOTHING";

    private const string InsertDetails =
        "INSERT INTO run_details (run_id, hypothesis, faults, verdicts, breakers, latency_histogram, timeline, journal) VALUES (@RunId, @Hypothesis, @Faults, @Verdicts, @Breakers, @LatencyHistogram, @Timeline, @Journal)";

    private readonly ILedgerDatabase _database;
    private readonly TimeProvider _time;

    private RunLedger(ILedgerDatabase database, LedgerAddress address, TimeProvider time)
    {
        _database = database;
        Address = address;
        _time = time;
    }

    /// <summary>Where it is.</summary>
    public LedgerAddress Address { get; }

    /// <summary>Opens a ledger; one that does not exist is created, and one of an earlier version is brought up to date.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="time">Where the time of recording comes from; null for the system.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="LedgerException">It cannot be reached, or was made by a later version.</exception>
    public static async Task<RunLedger> OpenAsync(LedgerAddress address, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        var database = address.Open();
        try
        {
            await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
            return new RunLedger(database, address, time ?? TimeProvider.System);
        }
        catch (Exception exception)
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw IsOfTheDatabase(exception) ? Unreachable(address, exception) : exception;
        }
    }

    /// <summary>Appends a run, unless it is there.</summary>
    /// <param name="entry">The run.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="LedgerException">It could not be written; nothing of it was.</exception>
    public Task<bool> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return InTransactionAsync(async (connection, transaction) => await AppendAsync(connection, transaction, entry, cancellationToken).ConfigureAwait(false), cancellationToken);
    }

    /// <summary>Appends many runs at once, all of them or none.</summary>
    /// <param name="entries">The runs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="LedgerException">They could not be written; none was.</exception>
    public Task<int> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return InTransactionAsync(
            async (connection, transaction) =>
            {
                var added = 0;
                foreach (var entry in entries)
                {
                    added += await AppendAsync(connection, transaction, entry, cancellationToken).ConfigureAwait(false) ? 1 : 0;
                }

                return added;
            },
            cancellationToken);
    }

    /// <summary>Finds out which runs are there.</summary>
    /// <param name="runIds">The runs asked for.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Those of them that are.</returns>
    /// <exception cref="LedgerException">It could not be read.</exception>
    public Task<IReadOnlySet<string>> KnownAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        return AskAsync<IReadOnlySet<string>>(
            async connection =>
            {
                var known = new HashSet<string>(StringComparer.Ordinal);
                foreach (var ids in runIds.Chunk(IdsAsked))
                {
                    // One parameter each: lists as parameters are not the same in both databases.
                    var parameters = new DynamicParameters();
                    foreach (var (index, id) in ids.Index())
                    {
                        parameters.Add($"id{index}", id);
                    }

                    var sql = $"SELECT run_id FROM runs WHERE run_id IN ({string.Join(", ", parameters.ParameterNames.Select(name => "@" + name))})";
                    known.UnionWith(await connection.QueryAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false));
                }

                return known;
            },
            cancellationToken);
    }

    /// <summary>Reads every run, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The runs, one at a time: a ledger may be larger than the memory.</returns>
    /// <exception cref="LedgerException">It could not be read.</exception>
    public async IAsyncEnumerable<LedgerEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sql = $"SELECT {string.Join(", ", RunRow.Columns.Select(column => $"r.{column.Column} AS \"{column.Property}\""))}, d.hypothesis, d.faults, d.verdicts, d.breakers, d.latency_histogram, d.timeline, d.journal "
            + "FROM runs r JOIN run_details d ON d.run_id = r.run_id ORDER BY r.started_at, r.run_id";
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var reader = await GuardAsync(async () => await connection.ExecuteReaderAsync(new CommandDefinition(sql, cancellationToken: cancellationToken)).ConfigureAwait(false)).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var parse = reader.GetRowParser<RunRow>();
                var first = RunRow.Columns.Count;
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var texts = Enumerable.Range(first, 7).Select(reader.GetString).ToList();
                    yield return new LedgerEntry(parse(reader).ToRun(), new RunDetails(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6]));
                }
            }
        }
    }

    /// <summary>Closes it.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Runs whose columns are all wanted.</summary>
    internal Task<IReadOnlyList<LedgerRun>> RunsAsync(string where, object parameters, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<LedgerRun>>(
        async connection =>
        {
            var rows = await connection.QueryAsync<RunRow>(new CommandDefinition($"SELECT {AllColumns} FROM runs {where}", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return [.. rows.Select(row => row.ToRun())];
        },
        cancellationToken);

    internal async Task<T> AskAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await GuardAsync(() => question(connection)).ConfigureAwait(false);
        }
    }

    private static bool IsOfTheDatabase(Exception exception) => exception is DbException or IOException or UnauthorizedAccessException or TimeoutException or System.Net.Sockets.SocketException;

    private static LedgerException Unreachable(LedgerAddress address, Exception exception) =>
        new($"The ledger {address} cannot be reached: {exception.Message}", exception);

    private async Task<bool> AppendAsync(DbConnection connection, DbTransaction transaction, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var row = RunRow.From(entry.Run with { RecordedAt = _time.GetUtcNow() });
        var isNew = await connection.ExecuteAsync(new CommandDefinition(InsertRun, row, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) > 0;
        if (isNew)
        {
            var details = entry.Details;
            var parameters = new { row.RunId, details.Hypothesis, details.Faults, details.Verdicts, details.Breakers, details.LatencyHistogram, details.Timeline, details.Journal };
            await connection.ExecuteAsync(new CommandDefinition(InsertDetails, parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        return isNew;
    }

    private async Task<T> InTransactionAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken cancellationToken) => await AskAsync(
        async connection =>
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(connection, transaction).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
        },
        cancellationToken).ConfigureAwait(false);

    private Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => GuardAsync(() => _database.OpenAsync(cancellationToken));

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheDatabase(exception))
        {
            throw Unreachable(Address, exception);
        }
    }
}
