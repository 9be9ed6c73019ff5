using System.Data.Common;
using System.Runtime.CompilerServices;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Databases;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Rows;
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
    private const int RunsAtOnce = 500;
    private readonly ILedgerDatabase _database;
    private readonly LedgerCodes _codes = new();
    private readonly RunWriter _writer;
    private readonly RunQuery _query;
    private readonly TimeProvider _time;
    private byte[]? _endWithoutFollowUps;

    private RunLedger(ILedgerDatabase database, LedgerAddress address, TimeProvider time)
    {
        _database = database;
        Address = address;
        _time = time;
        _writer = new RunWriter(_codes, time);
        _query = new RunQuery(_codes);
    }

    /// <summary>Where it is.</summary>
    public LedgerAddress Address { get; }

    /// <summary>Opens a ledger; one that does not exist is created, and a file of an earlier version is brought up to date, for which it takes two and a half times its size meanwhile.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="time">Where the time of recording comes from; null for the system.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="LedgerException">It cannot be reached, was made by a later version, or by an earlier one and is shared or may only be read: see <see cref="MigrateAsync"/>.</exception>
    public static Task<RunLedger> OpenAsync(LedgerAddress address, TimeProvider? time = null, CancellationToken cancellationToken = default) => OpenAsync(address, false, time, cancellationToken);

    /// <summary>Brings a ledger of an earlier version up to date, a shared one too, all of it or nothing. Older versions can no longer write to it then.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="cancellationToken">Ends the waiting for others.</param>
    /// <returns>When it is up to date.</returns>
    /// <exception cref="LedgerException">It cannot be reached or changed, or was made by a later version.</exception>
    public static async Task MigrateAsync(LedgerAddress address, CancellationToken cancellationToken = default)
    {
        var ledger = await OpenAsync(address, true, null, cancellationToken).ConfigureAwait(false);
        await ledger.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<RunLedger> OpenAsync(LedgerAddress address, bool isAsked, TimeProvider? time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var database = address.Open();
        try
        {
            var wasOlder = await database.MigrateAsync(isAsked, cancellationToken).ConfigureAwait(false);
            var ledger = new RunLedger(database, address, time ?? TimeProvider.System);
            if (wasOlder || isAsked)
            {
                // Whoever appends first would do it too, and keep others waiting.
                await ledger.WriteAsync((_, _, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
            }

            return ledger;
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
        return AppendAllAsync([entry], added => added == 1, cancellationToken);
    }

    /// <summary>Appends many runs at once, all of them or none.</summary>
    /// <param name="entries">The runs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="LedgerException">They could not be written; none was.</exception>
    public Task<int> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return AppendAllAsync(entries, added => added, cancellationToken);
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
        var sql = $"SELECT {RunRow.Selection}, d.hypothesis, d.faults, d.verdicts, d.breakers, d.latency_histogram, d.timeline, d.journal FROM runs JOIN details d USING (run_no) ORDER BY started_at, run_id";
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var reader = await GuardAsync(async () => await connection.ExecuteReaderAsync(new CommandDefinition(sql, cancellationToken: cancellationToken)).ConfigureAwait(false)).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var parse = reader.GetRowParser<RunRow>();
                var read = new List<(RunRow Row, RunDetails Details)>(RunsAtOnce);
                while (await GuardAsync(() => reader.ReadAsync(cancellationToken)).ConfigureAwait(false))
                {
                    read.Add((parse(reader), Details(reader)));
                    if (read.Count == RunsAtOnce)
                    {
                        foreach (var entry in await EntriesAsync(read, cancellationToken).ConfigureAwait(false))
                        {
                            yield return entry;
                        }

                        read.Clear();
                    }
                }

                foreach (var entry in await EntriesAsync(read, cancellationToken).ConfigureAwait(false))
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Closes it.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The time of the database as an expression, in Unix milliseconds.</summary>
    internal string Now => _database.Now;

    /// <summary>The wall clock of who writes.</summary>
    internal DateTimeOffset WallClock => _time.GetUtcNow();

    /// <summary>Every series that has runs, or had a number given to it, in the order in which they first came.</summary>
    internal Task<IReadOnlyList<(long Number, RunSeries Value)>> SeriesAsync(CancellationToken cancellationToken) => AskAsync(connection => _codes.Series.AllAsync(connection, cancellationToken), cancellationToken);

    /// <summary>The names of all figures.</summary>
    internal Task<IReadOnlyList<(long Number, FigureName Value)>> FigureNamesAsync(CancellationToken cancellationToken) => AskAsync(connection => _codes.Figures.AllAsync(connection, cancellationToken), cancellationToken);

    /// <summary>The kinds of some numbers.</summary>
    internal Task<IReadOnlyDictionary<long, RunKind>> KindsAsync(IEnumerable<long> numbers, CancellationToken cancellationToken) => AskAsync(connection => _codes.Kinds.ValuesAsync(connection, numbers, cancellationToken), cancellationToken);

    /// <summary>Runs with their figures.</summary>
    internal Task<IReadOnlyList<LedgerRun>> RunsAsync(string where, object parameters, CancellationToken cancellationToken) => AskAsync(
        async connection => await _query.WithFiguresAsync(connection, await RunQuery.RowsAsync(connection, where, parameters, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
        cancellationToken);

    /// <summary>Of many runs those that are wanted, which is decided without their figures, then these with them.</summary>
    internal Task<IReadOnlyList<LedgerRun>> RunsAsync(string where, object parameters, Func<IReadOnlyList<LedgerRun>, IReadOnlySet<string>> wanted, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            var rows = await RunQuery.RowsAsync(connection, where, parameters, cancellationToken).ConfigureAwait(false);
            var ids = wanted(await _query.WithoutFiguresAsync(connection, rows, cancellationToken).ConfigureAwait(false));
            return await _query.WithFiguresAsync(connection, [.. rows.Where(row => ids.Contains(row.RunId))], cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Writes something with its records, all of it or nothing, while nobody else appends.</summary>
    internal Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, ChainWriter, Task<T>> write, CancellationToken cancellationToken) =>
        AskAsync(connection => WriteAsync(connection, (transaction, chain) => write(connection, transaction, chain), cancellationToken), cancellationToken);

    /// <summary>Reads the ledger as it is now, whatever is appended meanwhile.</summary>
    internal Task<T> AskAsOfNowAsync<T>(Func<DbConnection, DbTransaction, Task<T>> question, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            var transaction = await _database.ReadAsOfNowAsync(connection, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                return await question(connection, transaction).ConfigureAwait(false);
            }
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

    private static RunDetails Details(DbDataReader reader)
    {
        var texts = Enumerable.Range(RunRow.Columns.Count + 1, 7).Select(column => reader.IsDBNull(column) ? null : reader.GetString(column)).ToList();
        return new RunDetails(texts[0]!, texts[1]!, texts[2]!, texts[3]!, texts[4], texts[5]!, texts[6]!);
    }

    private Task<T> AppendAllAsync<T>(IReadOnlyList<LedgerEntry> entries, Func<int, T> result, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            var prepared = new List<PreparedRun>(entries.Count);
            foreach (var entry in entries)
            {
                prepared.Add(await _writer.PrepareAsync(connection, entry, cancellationToken).ConfigureAwait(false));
            }

            return await WriteAsync(
                connection,
                async (transaction, chain) =>
                {
                    var added = 0;
                    foreach (var run in prepared)
                    {
                        if (!await RunWriter.WriteAsync(connection, transaction, run, chain, cancellationToken).ConfigureAwait(false))
                        {
                            continue;
                        }

                        added++;
                        if (chain.HasFollowUps)
                        {
                            await FollowUpJudgement.JudgeAsync(connection, transaction, chain, run.Entry.Run with { IsReplaced = run.Row.Replaced != 0 }, WallClock, cancellationToken).ConfigureAwait(false);
                        }
                    }

                    return result(added);
                },
                cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    // All of it or nothing, with its records.
    private async Task<T> WriteAsync<T>(DbConnection connection, Func<DbTransaction, ChainWriter, Task<T>> write, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var chain = await ChainWriter.ContinueAsync(_database, connection, transaction, _endWithoutFollowUps, WallClock, cancellationToken).ConfigureAwait(false);
            var result = await write(transaction, chain).ConfigureAwait(false);
            await chain.FlushAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            _endWithoutFollowUps = chain.EndWithoutFollowUps;
            return result;
        }
    }

    // The reader holds its connection until all is read.
    private Task<IReadOnlyList<LedgerEntry>> EntriesAsync(List<(RunRow Row, RunDetails Details)> read, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<LedgerEntry>>(
        async connection =>
        {
            var runs = await _query.WithFiguresAsync(connection, [.. read.Select(entry => entry.Row)], cancellationToken).ConfigureAwait(false);
            return [.. runs.Zip(read, (run, entry) => new LedgerEntry(run, entry.Details))];
        },
        cancellationToken);

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
