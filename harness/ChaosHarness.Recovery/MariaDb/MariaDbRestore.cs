using System.Data.Common;
using System.Globalization;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Databases;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Places;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using MySqlConnector;

namespace ChaosHarness.Recovery.MariaDb;

/// <summary>
/// A backup of MariaDB restored to a second, by <c>mariadb-backup</c> and the binary logs, in a folder of its own: found, fetched, prepared, replayed, looked
/// at, and thrown away. The source is asked for its clock and its users, in transactions that cannot write. Needs Linux.
/// </summary>
/// <param name="backups">The backups.</param>
/// <param name="source">The database that they are of; a user who may read <c>mysql.global_priv</c> is enough. The caller owns it.</param>
/// <param name="folder">Where the copy goes.</param>
public sealed class MariaDbRestore(MariaDbBackups backups, DbDataSource source, string folder) : FolderRestore(folder)
{
    private const int MostWords = 600;
    private const string Names = """
        SELECT CONCAT('user ', User, '@', Host) FROM mysql.global_priv
        UNION ALL SELECT CONCAT('database ', schema_name) FROM information_schema.schemata
        """;

    private const string Keeper = "chaosharness_restore";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly string _password = $"Aa1-{Guid.NewGuid():N}";

    /// <summary>To which moment. Binary logs tell seconds: it is the beginning of the one that the moment lies in.</summary>
    /// <value>Default: the latest that there is.</value>
    public RestoreMoment Moment { get; init; } = RestoreMoment.Latest();

    /// <summary>How long its server may take to come up.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is looked at beside the pages, every table, users and databases.</summary>
    public IReadOnlyList<MariaDbCheck> Checks { get; init; } = [];

    /// <summary>For workloads, by name, the query for the ids of all that they wrote.</summary>
    public IReadOnlyDictionary<string, string> Writes { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string Description => $"restore MariaDB to {Moment}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Mistakes => Moment.Mistake is { } mistake ? [.. base.Mistakes, mistake] : base.Mistakes;

    private static string? User => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "mysql" : null;

    private string Socket => Path.Combine(Folder, "data", "socket");

    private string Client => Path.Combine(Folder, "client.cnf");

    /// <inheritdoc/>
    private protected override async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        backups.Missing
        ?? await MissingAsync("mariadb-backup", "mariadb-backup", cancellationToken).ConfigureAwait(false)
        ?? await MissingAsync("mariadbd", "mariadb-server", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var (found, moment) = await notes.PhaseAsync("find", () => FindAsync(notes, cancellationToken)).ConfigureAwait(false);
        var logs = backups.LogsFrom(found);
        await notes.PhaseAsync("fetch", async () =>
        {
            await MakeAsync(User, cancellationToken).ConfigureAwait(false);
            const string Copy = """
                cp -a "$1/." "$2" && { [ -z "$3" ] || chown -R "$3" "$2"; }
                """;
            await RequireAsync(HostCommand.Script(Copy, found.Folder, Data, User ?? "") with { Limit = CopyCommand.Long }, "copying the backup", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        // As they were copied: the log that is applied next may write a broken page anew, and another backup would not have been so lucky.
        await notes.CheckAsync("pages", LookAtPagesAsync, cancellationToken).ConfigureAwait(false);
        await notes.PhaseAsync("restore", async () =>
            await RequireAsync(CopyCommand.Of(User, ["mariadb-backup", "--prepare", $"--target-dir={Data}"]) with { Limit = CopyCommand.Long }, "preparing the backup", cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        await notes.PhaseAsync("replay", async () =>
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            await ReplayAsync(found, logs, moment, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await notes.PhaseAsync("verify", () => VerifyAsync(notes, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<string?> MissingAsync(string program, string package, CancellationToken cancellationToken) =>
        (await Host.RunAsync(HostCommand.Script("PATH=$PATH:/usr/sbin command -v \"$1\"", program), cancellationToken).ConfigureAwait(false)).IsSuccess ? null : $"there is no {program} here: install {package} where the restore is made";

    private async ValueTask<(MariaDbFound Found, DateTimeOffset? Moment)> FindAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        // What time it is there lies between two readings of the clock here.
        var before = notes.Now;
        var there = DateTimeOffset.FromUnixTimeMilliseconds((long)(Convert.ToDecimal(await source.AskAsync("SELECT UNIX_TIMESTAMP(NOW(3))", cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture) * 1000));
        var after = notes.Now;
        var moment = Moment.Of(there) is { } at ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : (DateTimeOffset?)null;
        if (moment is { } second)
        {
            // A clock that is read to the millisecond shows up to one less.
            notes.Targeted(new TimeWindow(before - (there - second) - TimeSpan.FromMilliseconds(1), after - (there - second)));
        }
        else if (Moment is LatestMoment { Behind: { } behind })
        {
            notes.Targeted(new TimeWindow(before - behind, TimeSpan.MaxValue));
        }

        var found = backups.Find(moment);
        RequireYoung(Path.GetFileName(found.Folder), found.Finished, moment ?? there);
        return moment is not null && backups.BinaryLogs is null
            ? throw new InvalidOperationException("without binary logs a backup of MariaDB can be restored to its own moment alone: name their folder, or restore to the latest")
            : (found, moment);
    }

    private ValueTask<(bool Passed, string Detail)> LookAtPagesAsync(CancellationToken cancellationToken) => CopyCommand.LookAsync(
        CopyCommand.Of(User, ["sh", "-c", "find \"$1\" \\( -name '*.ibd' -o -name 'ibdata*' -o -name 'undo0*' \\) -print0 | xargs -0 -n 1 innochecksum", "sh", Data]) with { Limit = CopyCommand.Long },
        "every page of every table has its checksum",
        cancellationToken);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        // A user of ours is let in, for binary logs make and change users, which a server without any refuses.
        const string Users = """
            umask 077
            printf 'CREATE OR REPLACE USER %s@localhost IDENTIFIED BY "%s";\nGRANT ALL ON *.* TO %s@localhost WITH GRANT OPTION;\n' "$2" "$PASSWORD" "$2" >"$1/init.sql" && { [ -z "$3" ] || chown "$3" "$1/init.sql"; }
            printf '[client]\nuser=%s\npassword=%s\nsocket=%s\n' "$2" "$PASSWORD" "$4" >"$1/client.cnf"
            """;
        await RequireAsync(HostCommand.Script($"PASSWORD=$(cat)\n{Users}", Folder, Keeper, User ?? "", Socket) with { Input = _password }, "writing down how the copy is asked", cancellationToken).ConfigureAwait(false);
        // As the backup says its files are laid out, and nothing else that the source was told: no replication, no log of its own, no network.
        const string Script = """
            log=$1; cd "$2" && shift 2 && PATH=$PATH:/usr/sbin "$@" </dev/null >>"$log" 2>&1 &
            """;
        IReadOnlyList<string> server =
        [
            "mariadbd", $"--defaults-file={Path.Combine(Data, "backup-my.cnf")}", $"--datadir={Data}", $"--socket={Socket}", $"--pid-file={Path.Combine(Data, "pid")}",
            $"--init-file={Path.Combine(Folder, "init.sql")}", "--skip-networking", "--skip-slave-start", "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--event-scheduler=OFF",
        ];
        await RequireAsync(CopyCommand.Of(User, ["sh", "-c", Script, "sh", Log, Data, .. server]), "starting MariaDB", cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartWithin);
        while (!await IsUpAsync(limit.Token).ConfigureAwait(false))
        {
            if (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new InvalidOperationException($"MariaDB did not come up from the backup within {DurationText.Format(StartWithin)}: {LastWords(await ReadLogAsync(cancellationToken).ConfigureAwait(false))}");
            }

            if (await ReadLogAsync(cancellationToken).ConfigureAwait(false) is var log && (log.Contains("Aborting", StringComparison.Ordinal) || log.Contains("got signal", StringComparison.Ordinal) || log.Contains("Shutdown complete", StringComparison.Ordinal)))
            {
                throw new InvalidOperationException($"MariaDB did not come up from the backup: {LastWords(log)}");
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReplayAsync(MariaDbFound found, IReadOnlyList<string> logs, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        if (logs.Count == 0)
        {
            return;
        }

        // A shell tells only how the last of a pipe ended.
        const string Script = """
            client=$1 status=$2; shift 2
            { TZ=UTC mariadb-binlog --no-defaults --verify-binlog-checksum "$@" 2>"$status.said"; echo $? >"$status"; } | mariadb --defaults-file="$client" --binary-mode || exit 1
            # Logs that end before the moment are told by a warning alone.
            [ "$(cat "$status")" = 0 ] && ! grep -q 'Did not reach stop' "$status.said" || { cat "$status.said" >&2; exit 1; }
            """;
        IReadOnlyList<string> until = moment is { } second ? [string.Create(CultureInfo.InvariantCulture, $"--stop-datetime={second.UtcDateTime:yyyy-MM-dd HH:mm:ss}")] : [];
        await RequireAsync(
            HostCommand.Script(Script, [Client, Path.Combine(Folder, "status"), string.Create(CultureInfo.InvariantCulture, $"--start-position={found.Position!.Value.Position}"), .. until, .. logs]) with { Limit = CopyCommand.Long },
            "replaying the binary logs",
            cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        var copy = Connect();
        await using (copy.ConfigureAwait(false))
        {
            foreach (var (workload, query) in Writes)
            {
                await notes.LookUpAsync(workload, copy.IdsAsync(query, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await notes.CheckAsync("tables", LookAtTablesAsync, cancellationToken).ConfigureAwait(false);
            await notes.CheckAsync("users, databases", token => LookAtNamesAsync(copy, token), cancellationToken).ConfigureAwait(false);
            foreach (var check in Checks)
            {
                await notes.CheckAsync(check.Name, async token => Convert.ToString(await copy.AskAsync(check.Query, token).ConfigureAwait(false), CultureInfo.InvariantCulture) is var text && text == check.Expected ? (true, text) : (false, $"{text}, and not {check.Expected}"), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // It says nothing of tables that are well, and returns 0 in any case.
    private async ValueTask<(bool Passed, string Detail)> LookAtTablesAsync(CancellationToken cancellationToken)
    {
        var result = await Host.RunAsync(new HostCommand("mariadb-check", $"--defaults-file={Client}", "--all-databases", "--check", "--extended", "--silent") { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        var said = $"{result.Output} {result.Error}".Trim();
        return result.IsSuccess && said.Length == 0 ? (true, "every table") : (false, said.Length > MostWords ? said[..MostWords] : said.Length > 0 ? said : result.ToString());
    }

    private async ValueTask<(bool Passed, string Detail)> LookAtNamesAsync(DbDataSource copy, CancellationToken cancellationToken)
    {
        var wanted = await source.ListAsync(Names, cancellationToken).ConfigureAwait(false);
        var there = (await copy.ListAsync(Names, cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var missing = wanted.Where(name => !there.Contains(name)).ToList();
        return (missing.Count == 0, missing.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"{wanted.Count} there") : $"missing: {string.Join(", ", missing.Take(10))}");
    }

    private MySqlDataSource Connect() => new(new MySqlConnectionStringBuilder { Server = Socket, ConnectionProtocol = MySqlConnectionProtocol.UnixSocket, UserID = Keeper, Password = _password, Pooling = false, ConnectionTimeout = 5, DefaultCommandTimeout = 0 }.ConnectionString);

    private async Task<bool> IsUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            var copy = Connect();
            await using (copy.ConfigureAwait(false))
            {
                return await copy.AskAsync("SELECT 1", cancellationToken).ConfigureAwait(false) is not null;
            }
        }
        catch (Exception exception) when (exception is MySqlException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<string> ReadLogAsync(CancellationToken cancellationToken)
    {
        var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using (log.ConfigureAwait(false))
        {
            using var reader = new StreamReader(log);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string LastWords(string log)
    {
        var text = string.Join(' ', log.Split('\n').Where(line => line.Contains("[ERROR]", StringComparison.Ordinal)).TakeLast(3)).Trim();
        return text.Length == 0 ? "it wrote no error" : text.Length > MostWords ? text[^MostWords..] : text;
    }
}
