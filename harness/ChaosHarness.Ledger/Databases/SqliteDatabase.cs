using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Ledger.Databases;

/// <summary>A ledger in a file. With a write-ahead log many processes read while one writes, and a killed one leaves nothing half done.</summary>
internal sealed class SqliteDatabase(string address, string path) : ILedgerDatabase
{
    /// <summary>How many seconds a locked ledger is waited for.</summary>
    public const int Patience = 5;

    private const int ReadOnlyFileSystem = 30;

    // The new tables beside the old ones, and the log that makes it all or nothing.
    private const double RoomNeeded = 1.5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Another process may be bringing a ledger of years up to date.
    private static readonly TimeSpan UpgradePatience = TimeSpan.FromSeconds(60);
    private readonly ConditionalWeakTable<object, string> _settled = [];
    private string _connection = address;

    public string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    // A transaction that may write begins with the only lock there is.
    public string Turn => "";

    private bool IsReadOnly => new SqliteConnectionStringBuilder(_connection).Mode == SqliteOpenMode.ReadOnly;

    public async Task<bool> MigrateAsync(bool isAsked, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsReadOnly)
            {
                return !SchemaUpgrade.IsDone(await ExecutedAsync(cancellationToken).ConfigureAwait(false), path) && await UpgradeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (MayNotWrite(exception) && File.Exists(path))
        {
            // It can still be reported on; whoever writes is told then. Nobody else writes to it either, so that no log is needed beside it.
            _connection = new SqliteConnectionStringBuilder(_connection) { DataSource = new Uri(path).AbsoluteUri + "?immutable=1", Mode = SqliteOpenMode.ReadOnly }.ConnectionString;
        }

        await RefuseOlderAsync(cancellationToken).ConfigureAwait(false);
        return false;
    }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var opened = new SqliteConnection(_connection);
        try
        {
            await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
            // What was committed outlives the process; only a power cut may take the last moments, and their journals are still there.
            // Moving little at a time from the log into the file keeps the one append in a hundred that does it short.
            // Room for what a question sorts: it would go to disk otherwise.
            // One that comes out of the pool has it from its first use.
            if (!_settled.TryGetValue(opened.Handle!, out _))
            {
                await ExecuteAsync(opened, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 200; PRAGMA cache_size = -32768", cancellationToken).ConfigureAwait(false);
                _settled.AddOrUpdate(opened.Handle!, path);
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<DbTransaction> ReadAsOfNowAsync(DbConnection opened, CancellationToken cancellationToken) => Task.FromResult<DbTransaction>(((SqliteConnection)opened).BeginTransaction(deferred: true));

    public ValueTask DisposeAsync()
    {
        // Pooled connections would keep the file open.
        using var pooled = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }

    private static bool MayNotWrite(Exception exception) =>
        exception is UnauthorizedAccessException or SqliteException { SqliteErrorCode: 8 } || (exception is IOException && exception.HResult == ReadOnlyFileSystem);

    // Whether it was older, and not new.
    private async Task<bool> UpgradeAsync(CancellationToken cancellationToken)
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

        var wasOlder = false;
        SchemaUpgrade.Run(DeployChanges.To.SqliteDatabase(_connection), SchemaDialect.Sqlite, path, () =>
        {
            RequireRoom();
            wasOlder = true;
        });
        if (wasOlder)
        {
            await ShrinkAsync(cancellationToken).ConfigureAwait(false);
        }

        return wasOlder;
    }

    // What the old tables took is free within the file, and would stay so for years.
    private async Task ShrinkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var opened = new SqliteConnection(_connection);
            await using (opened.ConfigureAwait(false))
            {
                await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(opened, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SqliteException)
        {
            // Somebody reads it, or there is no room for a copy: it is whole, and only larger than it need be.
        }
    }

    private void RequireRoom()
    {
        var size = new FileInfo(path).Length;
        if (FreeSpace() is { } free && free < size * RoomNeeded)
        {
            throw new LedgerException($"The ledger {path} was made by an earlier version, and takes two and a half times its size of {Megabytes(size)} MB while it is brought up to date; {Megabytes(free)} MB are free. Make room, or name another ledger. It is as it was; journals are kept meanwhile.");
        }
    }

    // Nobody can say it of a network share.
    private long? FreeSpace()
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // What may only be read cannot be brought up to date, and half of it would be misread.
    private async Task RefuseOlderAsync(CancellationToken cancellationToken)
    {
        if (await ExecutedAsync(cancellationToken).ConfigureAwait(false) is { } executed && SchemaUpgrade.IsOlder(executed, path))
        {
            throw new LedgerException($"The ledger {path} was made by an earlier version, and may only be read here. Run './run ledger migrate --ledger FILE' where it may be written, or on a copy of it.");
        }
    }

    // Whatever keeps this from being told, whoever goes on is told it again.
    private async Task<IReadOnlyCollection<string>?> ExecutedAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var opened = new SqliteConnection(_connection);
            await using (opened.ConfigureAwait(false))
            {
                await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
                return [.. await opened.QueryAsync<string>(new CommandDefinition("SELECT ScriptName FROM SchemaVersions", cancellationToken: cancellationToken)).ConfigureAwait(false)];
            }
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("#,##0.#", CultureInfo.InvariantCulture);

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
            catch (IOException exception) when (exception.HResult != ReadOnlyFileSystem && File.Exists(path + ".lock") && TimeProvider.System.GetElapsedTime(deadline) < UpgradePatience)
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
