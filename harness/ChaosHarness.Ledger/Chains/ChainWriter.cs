using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using ChaosHarness.Ledger.Databases;
using ChaosHarness.Ledger.Rows;
using Dapper;

namespace ChaosHarness.Ledger.Chains;

/// <summary>Continues the chain within a transaction. Whoever has begun is alone until the transaction ends: there is one chain, however many append.</summary>
internal sealed class ChainWriter
{
    private const int RecordsAtOnce = 50;
    private static readonly ConcurrentDictionary<int, string> Statements = new();
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly List<RecordRow> _pending = [];
    private long _number;
    private byte[] _hash = RecordRow.NoHash;

    private ChainWriter(DbConnection connection, DbTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    /// <summary>Whether there are any findings, which most who append need not look at otherwise.</summary>
    public bool HasFollowUps { get; private set; }

    /// <summary>The hash of the last record, where there are no findings up to it.</summary>
    public byte[]? EndWithoutFollowUps => HasFollowUps ? null : _hash;

    /// <summary>Waits for its turn, and finds the end of the chain. What earlier versions appended is hashed before anything is.</summary>
    /// <param name="database">The database.</param>
    /// <param name="connection">A connection to it.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="endWithoutFollowUps">An <see cref="EndWithoutFollowUps"/> of before, where one is known: while it is still the end nobody has to look whether there are findings.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<ChainWriter> ContinueAsync(ILedgerDatabase database, DbConnection connection, DbTransaction transaction, byte[]? endWithoutFollowUps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var chain = new ChainWriter(connection, transaction);
        await chain.FindEndAsync(database.Turn, cancellationToken).ConfigureAwait(false);
        chain.HasFollowUps = chain._number > 0 && (endWithoutFollowUps is null || !endWithoutFollowUps.AsSpan().SequenceEqual(chain._hash)) && await chain.FindFollowUpsAsync(cancellationToken).ConfigureAwait(false);
        if (chain._number == 0)
        {
            await FoundRuns.ChainAsync(chain, connection, transaction, now, cancellationToken).ConfigureAwait(false);
        }

        return chain;
    }

    /// <summary>Adds a record; <see cref="FlushAsync"/> writes it.</summary>
    public void Add(string kind, long itemNo, string itemId, long? foundAt, RecordText text)
    {
        var follows = RecordRow.Beginning(_hash);
        _hash = text.HashAfter(_hash);
        HasFollowUps |= kind == RecordKind.FollowUp;
        _pending.Add(new RecordRow(++_number, kind, itemNo, itemId, foundAt, follows, _hash, text.Marks));
    }

    /// <summary>Adds that another run counts in the place of one.</summary>
    public void AddReplaced(long runNo, string runId)
    {
        var text = new RecordText(RecordKind.Replaced, null);
        text.Add("run_id", runId);
        Add(RecordKind.Replaced, runNo, runId, null, text);
    }

    /// <summary>Writes what was added with other statements, in place of <see cref="FlushAsync"/>.</summary>
    public void MoveTo(StatementBatch batch)
    {
        foreach (var chunk in _pending.Chunk(RecordsAtOnce))
        {
            batch.Add(Statements.GetOrAdd(chunk.Length, Write), Parameters(chunk));
        }

        _pending.Clear();
    }

    /// <summary>Writes what was added.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var batch = new StatementBatch(_connection, _transaction);
        await using (batch.ConfigureAwait(false))
        {
            MoveTo(batch);
            await batch.ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FindEndAsync(string turn, CancellationToken cancellationToken)
    {
        var command = _connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = _transaction;
#pragma warning disable CA2100 // A statement of the database itself.
            command.CommandText = turn + "SELECT record_no, hash FROM records ORDER BY record_no DESC LIMIT 1";
#pragma warning restore CA2100
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (turn.Length > 0)
                {
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    (_number, _hash) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
                }
            }
        }
    }

    private async Task<bool> FindFollowUpsAsync(CancellationToken cancellationToken) =>
        await _connection.ExecuteScalarAsync<long>(new CommandDefinition("SELECT CASE WHEN EXISTS (SELECT 1 FROM follow_ups) THEN 1 ELSE 0 END", transaction: _transaction, cancellationToken: cancellationToken)).ConfigureAwait(false) != 0;

    private static string Write(int count) =>
        $"INSERT INTO records ({RecordRow.Columns}) VALUES {string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@n{i}, @k{i}, @i{i}, @d{i}, @a{i}, @f{i}, @h{i}, @m{i})"))}";

    private static IEnumerable<(string Name, DbType Type, object? Value)> Parameters(RecordRow[] records)
    {
        foreach (var (index, record) in records.Index())
        {
            yield return ($"n{index}", DbType.Int64, record.Number);
            yield return ($"k{index}", DbType.String, record.Kind);
            yield return ($"i{index}", DbType.Int64, record.ItemNo);
            yield return ($"d{index}", DbType.String, record.ItemId);
            yield return ($"a{index}", DbType.Int64, record.FoundAt);
            yield return ($"f{index}", DbType.Int64, record.Follows);
            yield return ($"h{index}", DbType.Binary, record.Hash);
            yield return ($"m{index}", DbType.Binary, record.Marks);
        }
    }
}
