using ChaosHarness.Faults.Processes;
using ChaosHarness.Logs;
using ChaosHarness.Systems;
using Npgsql;
using System.Globalization;

namespace ChaosHarness.Processes.Postgres;

/// <summary>One PostgreSQL server on the loopback: its data folder, its process, and a way to ask it.</summary>
/// <param name="installation">The programs.</param>
/// <param name="name">What it is called; also its <c>cluster_name</c>.</param>
/// <param name="folder">Where its data is, or will be.</param>
/// <param name="admin">The superuser, who is trusted on the loopback.</param>
internal sealed class PostgresServer(PostgresInstallation installation, string name, string folder, string admin = "postgres") : IAsyncDisposable
{
    /// <summary>
    /// What every server of a sample system is told: no socket files; flushing to disk is off, since a killed process loses nothing that the operating
    /// system holds; a standby notices soon that its primary is gone. Shared memory is in its own folder, so that what a killed server leaves goes with that.
    /// </summary>
    public const string Replicating = """
        unix_socket_directories = ''
        max_connections = 300
        shared_buffers = 32MB
        fsync = off
        wal_level = replica
        max_wal_senders = 10
        dynamic_shared_memory_type = mmap
        wal_keep_size = 256MB
        hot_standby = on
        wal_retrieve_retry_interval = 100ms
        wal_receiver_status_interval = 1s
        wal_sender_timeout = 3s
        wal_receiver_timeout = 3s
        recovery_target_timeline = 'latest'
        log_min_messages = warning
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LogLines _log = new(name);
    private ManagedProcess? _process;
    private NpgsqlDataSource? _asking;

    public string Name => name;

    /// <summary>What it writes, from one start to the next.</summary>
    public ILogSource Log => _log;

    public string Folder => folder;

    public int Port { get; } = FreePorts.Next();

    public ProcessIdentity? Identity => _process is { IsRunning: true } process ? process.Identity : null;

    /// <summary>Connections for whoever runs it, never through a pool that a crash would poison.</summary>
    public NpgsqlDataSource Admin => _asking ??= NpgsqlDataSource.Create(
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={admin};Database=postgres;Timeout=2;Command Timeout=5;Cancellation Timeout=100;Pooling=false;Application Name=chaosharness"));

    /// <summary>Whether it takes writes; null when it does not answer.</summary>
    public async Task<bool?> IsPrimaryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (bool?)await AskAsync("SELECT NOT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return null;
        }
    }

    public async Task<object?> AskAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Admin.CreateCommand(sql);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a new, empty database cluster in the folder.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="logSegment">Megabytes in a file of the write-ahead log: small where files are archived often.</param>
    public Task CreateAsync(CancellationToken cancellationToken, int logSegment = 16) => RunAsync(
        "initdb",
        installation.InitDb,
        ["-D", folder, "-U", admin, "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C", $"--wal-segsize={Text(logSegment)}"],
        cancellationToken);

    /// <summary>Fills the emptied folder with a copy of a running server, which starts as its standby.</summary>
    public async Task CopyAsync(int port, CancellationToken cancellationToken)
    {
        using var held = await FenceFiles.HoldAsync(folder, cancellationToken).ConfigureAwait(false);
        // Shut out until the copy is whole and a standby: half of one, or one that forgot what it is, would come up as a second primary.
        await File.WriteAllTextAsync(FenceFiles.Mark(folder), "", cancellationToken).ConfigureAwait(false);
        Clear();
        await BackUpAsync(port, folder, cancellationToken).ConfigureAwait(false);
        await ForgetSettingsAsync(cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(FenceFiles.StandbySignal(folder), "", cancellationToken).ConfigureAwait(false);
        File.Delete(FenceFiles.Mark(folder));
    }

    /// <summary>Fills the emptied folder with a backup that was taken before.</summary>
    public async Task RestoreAsync(string backup, CancellationToken cancellationToken)
    {
        Clear();
        await RunAsync("cp", "cp", ["-a", backup + "/.", folder], cancellationToken).ConfigureAwait(false);
        await ForgetSettingsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a backup of this server, while it runs, into an empty folder.</summary>
    public Task BackUpAsync(string into, CancellationToken cancellationToken) => BackUpAsync(Port, into, cancellationToken);

    private Task BackUpAsync(int port, string into, CancellationToken cancellationToken) => RunAsync(
        "pg_basebackup",
        installation.BaseBackup,
        ["-D", into, "-h", "127.0.0.1", "-p", Text(port), "-U", admin, "-X", "stream", "-c", "fast", "--no-sync"],
        cancellationToken);

    private async Task ForgetSettingsAsync(CancellationToken cancellationToken)
    {
        // What the other was told at run time, such as whom it waits for, is not for its copy.
        await File.WriteAllTextAsync(Path.Combine(folder, "postgresql.auto.conf"), "", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether whoever keeps the cluster has shut it out for good: only a fresh copy lets it in again.</summary>
    public bool IsFenced => File.Exists(FenceFiles.Mark(folder));

    /// <summary>Lets it in again as if it had never been shut out. Only to show what becomes of that.</summary>
    public void ForgetFence()
    {
        if (IsFenced)
        {
            File.Delete(FenceFiles.Mark(folder));
            File.Delete(FenceFiles.StandbySignal(folder));
        }
    }

    /// <summary>Starts it, and returns when it answers.</summary>
    /// <param name="role">What it starts as.</param>
    /// <param name="settings">Lines of its configuration, beside those that every server here has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TopologyFailedException">It did not start, with its last words; or it is fenced.</exception>
    public async Task StartAsync(ServerRole role, string settings, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "postgresql.conf"), Configuration() + settings, cancellationToken).ConfigureAwait(false);
        _process?.Dispose();
        _process = await LaunchAsync(role, cancellationToken).ConfigureAwait(false);
        await _process.ReadyAsync(async token => await IsPrimaryAsync(token).ConfigureAwait(false) is not null, Patience, cancellationToken).ConfigureAwait(false);
    }

    // Held against the fence until there is a process that it can find: what it shut out does not start behind its back.
    private async Task<ManagedProcess> LaunchAsync(ServerRole role, CancellationToken cancellationToken)
    {
        using var held = await FenceFiles.HoldAsync(folder, cancellationToken).ConfigureAwait(false);
        if (IsFenced)
        {
            throw new TopologyFailedException($"{name} is fenced: it starts again only from a fresh copy of the primary that took over.");
        }

        if (role == ServerRole.Standby)
        {
            await File.WriteAllTextAsync(FenceFiles.StandbySignal(folder), "", cancellationToken).ConfigureAwait(false);
        }
        else if (role == ServerRole.Primary)
        {
            File.Delete(FenceFiles.StandbySignal(folder));
        }

        return await ManagedProcess.StartAsync(Plan(name, installation.Postgres, ["-D", folder]) with { OnLine = _log.Add }).ConfigureAwait(false);
    }

    /// <summary>Ends it at once, as a power cut would. Killed, PostgreSQL leaves a small shared memory segment behind, named on line 7 of its pid file.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        await process.KillAsync().ConfigureAwait(false);
        process.Dispose();
        _process = null;
        var pidFile = Path.Combine(folder, "postmaster.pid");
        if (File.Exists(pidFile) && File.ReadLines(pidFile).ElementAtOrDefault(6)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var segment])
        {
            try
            {
                await Tool.RunAsync(new ProcessPlan("ipcrm", "ipcrm", ["-m", segment], "/"), CancellationToken.None).ConfigureAwait(false);
            }
            catch (TopologyFailedException)
            {
                // It was gone already.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        if (_asking is not null)
        {
            await _asking.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Clear()
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    // Loopback only.
    private string Configuration() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        cluster_name = '{name}'
        listen_addresses = '127.0.0.1'
        port = {Port}
        {Replicating}
        logging_collector = off

        """);

    private Task RunAsync(string what, string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Tool.RunAsync(Plan($"{what} for {name}", program, arguments), cancellationToken);

    private ProcessPlan Plan(string plan, string program, IReadOnlyList<string> arguments) =>
        new(plan, program, arguments, folder) { User = RunUser.Unprivileged, Environment = new Dictionary<string, string> { ["LC_ALL"] = "C", ["TZ"] = "UTC" } };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
