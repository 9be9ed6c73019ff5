using System.Data.Common;
using DbUp;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Ledger.Databases;

/// <summary>A ledger in a file. With a write-ahead log many processes read while one writes, and a killed one leaves nothing half done.</summary>
internal sealed class SqliteDatabase(string address, string path) : ILedgerDatabase
{
    /// <summary>How many seconds a locked ledger is waited for.</summary>
    public const int Patience = 5;

    private const int ReadOnlyFileSystem = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private string _connection = address;

    private bool IsReadOnly => new SqliteConnectionStringBuilder(_connection).Mode == SqliteOpenMode.ReadOnly;

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!IsReadOnly)
            {
                await UpgradeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (MayNotWrite(exception) && File.Exists(path))
        {
            // It can still be reported on; whoever writes is told then. Nobody else writes to it either, so that no log is needed beside it.
            _connection = new SqliteConnectionStringBuilder(_connection) { DataSource = new Uri(path).AbsoluteUri + "?immutable=1", Mode = SqliteOpenMode.ReadOnly }.ConnectionString;
        }
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var opened = new SqliteConnection(_connection);
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
        using var pooled = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }

    private static bool MayNotWrite(Exception exception) =>
        exception is UnauthorizedAccessException or SqliteException { SqliteErrorCode: 8 } || (exception is IOException && exception.HResult == ReadOnlyFileSystem);

    private async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Two processes that create the same tables at once would both fail.
        using var mutex = await LockAsync(cancellationToken).ConfigureAwait(false);
        var opened = new SqliteConnection(_connection);
        await using (opened.ConfigureAwait(false))
        {
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            // Kept in the file: every later connection finds the log.
            await ExecuteAsync(opened, "PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
        }

        SchemaUpgrade.Run(DeployChanges.To.SqliteDatabase(_connection), path);
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
            catch (IOException exception) when (exception.HResult != ReadOnlyFileSystem && File.Exists(path + ".lock") && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(Patience))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
