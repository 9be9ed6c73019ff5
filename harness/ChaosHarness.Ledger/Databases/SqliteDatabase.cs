using System.Data.Common;
using DbUp;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Ledger.Databases;

/// <summary>A ledger in a file. With a write-ahead log many processes read while one writes, and a killed one leaves nothing half done.</summary>
internal sealed class SqliteDatabase(string connection, string path) : ILedgerDatabase
{
    /// <summary>How many seconds a locked ledger is waited for.</summary>
    public const int Patience = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly bool _isReadOnly = new SqliteConnectionStringBuilder(connection).Mode == SqliteOpenMode.ReadOnly;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (_isReadOnly)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Two processes that create the same tables at once would both fail.
        using var mutex = await LockAsync(cancellationToken).ConfigureAwait(false);
        var opened = new SqliteConnection(connection);
        await using (opened.ConfigureAwait(false))
        {
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Kept in the file: every later connection finds the log.
            await ExecuteAsync(opened, "PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
        }

        SchemaUpgrade.Run(DeployChanges.To.SqliteDatabase(connection), path);
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var opened = new SqliteConnection(connection);
        try
        {
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            // What was committed outlives the process; only a power cut may take the last moments, and their journals are still there.
            // Moving little at a time from the log into the file keeps the one append in a hundred that does it short.
            await ExecuteAsync(opened, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 200", cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        // Pooled connections would keep the file open.
        using var pooled = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }

    private static async Task ExecuteAsync(SqliteConnection opened, string sql, CancellationToken cancellationToken)
    {
        var command = opened.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path + ".lock") && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(Patience))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
