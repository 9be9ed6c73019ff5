using System.Data.Common;
using System.Globalization;

namespace ChaosHarness.Recovery.Replication;

/// <summary>
/// Canaries in a table of any SQL database that has a provider for ADO.NET, such as PostgreSQL or MariaDB: a row a run, which is removed at the end. The
/// table is made where it is missing: <c>chaosharness_canary (run bigint PRIMARY KEY, newest bigint NOT NULL)</c>.
/// </summary>
public sealed class SqlCanary : IAsyncDisposable
{
    private const string Table = "chaosharness_canary";
    private readonly DbDataSource _primary;
    private readonly DbDataSource _replica;
    private readonly HashSet<long> _runs = [];

    /// <summary>Canaries of a database.</summary>
    /// <param name="name">What the replica is called in records, such as <c>standby</c>.</param>
    /// <param name="primary">Connections to the primary, which the caller owns.</param>
    /// <param name="replica">Connections to the replica, to this one and no other; the caller owns them.</param>
    public SqlCanary(string name, DbDataSource primary, DbDataSource replica)
    {
        ArgumentNullException.ThrowIfNull(primary);
        ArgumentNullException.ThrowIfNull(replica);
        (_primary, _replica) = (primary, replica);
        Canary = new ReplicaCanary(name, WriteAsync, ReadAsync);
    }

    /// <summary>The canaries.</summary>
    public ReplicaCanary Canary { get; }

    /// <summary>Makes the table where it is missing. Before the experiment, so that no canary waits for it.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is there, on the primary.</returns>
    /// <exception cref="DbException">It is not, and may not be made by this user.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default) =>
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS {Table} (run bigint PRIMARY KEY, newest bigint NOT NULL)", cancellationToken).ConfigureAwait(false);

    /// <summary>Removes the rows of its runs.</summary>
    /// <returns>When they are gone, or the primary could not be asked: then they stay, a row a run.</returns>
    public async ValueTask DisposeAsync()
    {
        List<long> runs;
        lock (_runs)
        {
            runs = [.. _runs];
            _runs.Clear();
        }

        using var limit = new CancellationTokenSource(Canary.Timeout);
        foreach (var run in runs)
        {
            try
            {
                await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"DELETE FROM {Table} WHERE run = {run}"), limit.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is DbException or OperationCanceledException or TimeoutException)
            {
                return;
            }
        }
    }

    private async ValueTask WriteAsync(CanaryMark canary, CancellationToken cancellationToken)
    {
        lock (_runs)
        {
            _runs.Add(canary.Run);
        }

        // A newer one stays: several are under way at once, and the first of them makes the row.
        var update = string.Create(CultureInfo.InvariantCulture, $"UPDATE {Table} SET newest = {canary.Number} WHERE run = {canary.Run} AND newest < {canary.Number}");
        var insert = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {Table} (run, newest) SELECT {canary.Run}, {canary.Number} WHERE NOT EXISTS (SELECT 1 FROM {Table} WHERE run = {canary.Run})");
        if (await ExecuteAsync(update, cancellationToken).ConfigureAwait(false) == 0 && await ExecuteAsync(insert, cancellationToken).ConfigureAwait(false) == 0)
        {
            await ExecuteAsync(update, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<long?> ReadAsync(long run, CancellationToken cancellationToken)
    {
        var command = _replica.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT newest FROM {Table} WHERE run = {run}"));
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long newest ? newest : null;
        }
    }

    private async ValueTask<int> ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        var command = _primary.CreateCommand(statement);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
