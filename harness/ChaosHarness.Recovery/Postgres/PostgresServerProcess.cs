using ChaosHarness.Hosts;
using Npgsql;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>
/// The server of a copy: started apart from everything that its backup was configured for, and up only when it says that recovery is over. What the command
/// that starts it returns says nothing: it is 0 for one that then fails to recover, too.
/// </summary>
internal sealed class PostgresServerProcess(PostgresPlace place)
{
    private const int MostLog = 64 * 1024;
    private const int MostWords = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts it, and waits until recovery is over.</summary>
    /// <param name="settings">How it recovers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended before that; with what it wrote last.</exception>
    public async Task StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "pg_hba.conf"), "local all all trust\n", cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "pg_ident.conf"), "", cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "postgresql.conf"), "", cancellationToken).ConfigureAwait(false);
        // On the command line: what ALTER SYSTEM told the source stands in its data folder, and would count for more than a file.
        var all = Apart().Concat(settings).Concat(place.Settings).SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
        const string Script = """
            log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!
            """;
        var started = await new LocalHost().RunAsync(CopyCommand.Of(place.User, ["sh", "-c", Script, "sh", place.Log, place.Program("postgres"), "-D", place.Data, .. all]), cancellationToken).ConfigureAwait(false);
        if (!started.IsSuccess)
        {
            throw new InvalidOperationException($"PostgreSQL could not be started as {place.User ?? "this user"}: {started.Error.Trim()}");
        }

        await RecoveredAsync(started.Output.Trim(), cancellationToken).ConfigureAwait(false);
    }

    // Nothing that the source was told to do: it archives nowhere, follows nobody, listens nowhere, waits for no standby, loads no library by itself.
    private Dictionary<string, string> Apart() => new()
    {
        ["config_file"] = Path.Combine(place.Folder, "postgresql.conf"),
        ["hba_file"] = Path.Combine(place.Folder, "pg_hba.conf"),
        ["ident_file"] = Path.Combine(place.Folder, "pg_ident.conf"),
        ["external_pid_file"] = "",
        ["listen_addresses"] = "",
        ["unix_socket_directories"] = place.Socket,
        ["unix_socket_permissions"] = "0700",
        ["archive_mode"] = "off",
        ["archive_command"] = "",
        ["archive_cleanup_command"] = "",
        ["recovery_end_command"] = "",
        ["recovery_min_apply_delay"] = "0",
        ["max_logical_replication_workers"] = "0",
        ["session_preload_libraries"] = "",
        ["port"] = "5432",
        ["primary_conninfo"] = "",
        ["primary_slot_name"] = "",
        ["synchronous_standby_names"] = "",
        ["hot_standby"] = "off",
        ["shared_preload_libraries"] = "",
        ["ssl"] = "off",
        ["logging_collector"] = "off",
        ["log_destination"] = "stderr",
        ["fsync"] = "off",
        ["shared_buffers"] = "128MB",
        ["autovacuum"] = "off",
    };

    private async Task RecoveredAsync(string process, CancellationToken cancellationToken)
    {
        var database = PostgresCopy.Connect(place);
        await using (database.ConfigureAwait(false))
        {
            while (!await IsRecoveredAsync(database, cancellationToken).ConfigureAwait(false))
            {
                if (HasEnded(process))
                {
                    throw new InvalidOperationException($"PostgreSQL did not come up from the backup: {await LastWordsAsync(cancellationToken).ConfigureAwait(false)}");
                }

                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Neither its log nor its pid file says so of one that stumbles over its first file. Who has ended is there until it is taken note of.
    private static bool HasEnded(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..] is ['Z' or 'X', ..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static async Task<bool> IsRecoveredAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            var command = database.CreateCommand("SELECT NOT pg_is_in_recovery()");
            await using (command.ConfigureAwait(false))
            {
                return (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException && exception is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            // Not up yet. A role, a database or a file that is not there will not come by waiting.
            return false;
        }
    }

    private async Task<string> LastWordsAsync(CancellationToken cancellationToken)
    {
        var log = await LogAsync(cancellationToken).ConfigureAwait(false);
        // What it told who asked too early is not why.
        var told = log.Split('\n').Where(line => !line.Contains("the database system is ", StringComparison.Ordinal)).Where(line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal) || line.Contains("ERROR:", StringComparison.Ordinal)).TakeLast(3).ToList();
        var text = string.Join(' ', (told.Count > 0 ? string.Join(' ', told) : log).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "it wrote nothing" : text.Length > MostWords ? text[^MostWords..] : text;
    }

    private async Task<string> LogAsync(CancellationToken cancellationToken)
    {
        try
        {
            var log = new FileStream(place.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using (log.ConfigureAwait(false))
            {
                log.Seek(-Math.Min(log.Length, MostLog), SeekOrigin.End);
                using var reader = new StreamReader(log);
                return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
