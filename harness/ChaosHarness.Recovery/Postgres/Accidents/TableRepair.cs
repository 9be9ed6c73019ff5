using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Postgres.Backups;
using Npgsql;

namespace ChaosHarness.Recovery.Postgres.Accidents;

/// <summary>
/// Brings the rows of one table back that somebody deleted: the backup is restored apart to the moment before, and the rows that are missing are copied into
/// the live database. What was written meanwhile, there and in every other table, stays. This writes to the database.
/// </summary>
/// <param name="backup">What keeps the backups.</param>
/// <param name="connectionString">How the live database is reached by a role that may write the table, and switch the log.</param>
/// <param name="place">Where the copy is brought up; it is removed when the rows are back.</param>
/// <param name="table">The table, with its schema where that is not on the search path. It has a primary key.</param>
public sealed class TableRepair(IPostgresBackup backup, string connectionString, PostgresPlace place, string table)
{
    private const string Columns = "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What it does, such as <c>rows of orders from pgBackRest</c>.</summary>
    public string Name => $"rows of {table} from {backup.Name}";

    internal string Instructions => $"Restore {backup.Name} apart to the moment before, and copy the rows of {table} back that are missing. Remove {place.Folder} if it is there.";

    /// <summary>Looks whether rows could be brought back, before anybody takes them away. Has no effect.</summary>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What stands in the way; null when nothing does.</returns>
    internal async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (WhyNotHere() is { } here)
        {
            return here;
        }

        try
        {
            if (await backup.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } missing)
            {
                return missing;
            }

            var live = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await using (live.ConfigureAwait(false))
            {
                await live.OpenAsync(cancellationToken).ConfigureAwait(false);
                if (await AskAsync(live, "SELECT current_setting('archive_mode')", null, cancellationToken).ConfigureAwait(false) is "off")
                {
                    return "the database archives no log (archive_mode is off), so that no moment of now can be reached";
                }

                if (await AskAsync(live, "SELECT EXISTS (SELECT FROM pg_index WHERE indrelid = $1::regclass AND indisprimary)", table, cancellationToken).ConfigureAwait(false) is not true)
                {
                    return $"{table} has no primary key, by which a row that is missing is told";
                }

                var now = new DateTimeOffset((DateTime)(await AskAsync(live, "SELECT clock_timestamp()", null, cancellationToken).ConfigureAwait(false))!, TimeSpan.Zero);
                await backup.FindAsync(now, cancellationToken).ConfigureAwait(false);
                return null;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException or HostException)
        {
            return exception.Message;
        }
    }

    /// <summary>Brings them back.</summary>
    /// <param name="moment">The moment before, by the database's clock.</param>
    /// <param name="cancellationToken">Ends the attempt; the copy is removed.</param>
    /// <returns>How many rows were missing and are back.</returns>
    /// <exception cref="InvalidOperationException">The backup could not be restored, or the log was not archived; says why.</exception>
    public async ValueTask<long> RunAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var folder = new CopyFolder(place);
        var live = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await using (live.ConfigureAwait(false))
        {
            await live.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ArchiveAsync(live, cancellationToken).ConfigureAwait(false);
            try
            {
                await folder.MakeAsync(cancellationToken).ConfigureAwait(false);
                var found = await backup.FindAsync(moment, cancellationToken).ConfigureAwait(false);
                var settings = await backup.FetchAsync(found, place, moment, cancellationToken).ConfigureAwait(false);
                await new PostgresServerProcess(place).StartAsync(settings, cancellationToken).ConfigureAwait(false);
                return await CopyAsync(live, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await folder.DiscardAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private string? WhyNotHere() => !OperatingSystem.IsLinux() ? "a copy in a folder of its own needs Linux"
        : backup.AreDumps ? $"{backup.Name} keeps dumps, which are restored to no moment"
        : Path.Exists(place.Folder) ? $"{place.Folder} is there already; name another folder"
        : !File.Exists(place.Program("postgres")) ? $"there is no PostgreSQL in {place.Programs}"
        : null;

    // A restore reaches a moment only where the archive has something later that was committed: in a quiet database nothing else would be.
    private static async Task ArchiveAsync(NpgsqlConnection live, CancellationToken cancellationToken)
    {
        await AskAsync(live, "SELECT 1 FROM pg_logical_emit_message(true, 'chaosharness', 'later than the moment')", null, cancellationToken).ConfigureAwait(false);
        var segment = (string)(await AskAsync(live, "SELECT pg_walfile_name(pg_switch_wal())", null, cancellationToken).ConfigureAwait(false))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (await AskAsync(live, "SELECT last_archived_wal >= $1 FROM pg_stat_archiver", segment, limit.Token).ConfigureAwait(false) is not true)
            {
                await Task.Delay(Pause, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"segment {segment} was not archived within {Patience.TotalSeconds:0} s: look why archive_command fails"));
        }
    }

    private async Task<long> CopyAsync(NpgsqlConnection live, CancellationToken cancellationToken)
    {
        var columns = (string)(await AskAsync(live, Columns, table, cancellationToken).ConfigureAwait(false))!;
        var database = PostgresCopy.Connect(place, live.Database);
        await using (database.ConfigureAwait(false))
        {
            var copy = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (copy.ConfigureAwait(false))
            {
                var transaction = await live.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    await AskAsync(live, $"CREATE TEMP TABLE chaosharness_rows ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0", null, cancellationToken).ConfigureAwait(false);
                    await StreamAsync(copy, live, columns, cancellationToken).ConfigureAwait(false);
                    var back = (long)(await AskAsync(live, $"WITH back AS (INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM chaosharness_rows ON CONFLICT DO NOTHING RETURNING 1) SELECT count(*) FROM back", null, cancellationToken).ConfigureAwait(false))!;
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return back;
                }
            }
        }
    }

    private async Task StreamAsync(NpgsqlConnection from, NpgsqlConnection to, string columns, CancellationToken cancellationToken)
    {
        var reading = await from.BeginRawBinaryCopyAsync($"COPY (SELECT {columns} FROM {table}) TO STDOUT (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        await using (reading.ConfigureAwait(false))
        {
            var writing = await to.BeginRawBinaryCopyAsync($"COPY chaosharness_rows ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
            await using (writing.ConfigureAwait(false))
            {
                await reading.CopyToAsync(writing, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<object?> AskAsync(NpgsqlConnection connection, string sql, string? parameter, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            if (parameter is not null)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
