using System.Globalization;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>The ways in which a database comes to be: empty, from a backup and its log, as a replica.</summary>
internal sealed partial class Database
{
    private const int LogSegment = 1;

    /// <summary>Makes a folder that servers may write to.</summary>
    public static Task<string> FolderAsync(CloudContext cloud, string name, CancellationToken cancellationToken) =>
        cloud.Folder.AddAsync($"{name}-{CloudContext.NewId("", 6)}", RunUser.Unprivileged, cancellationToken);

    /// <summary>A new, empty database.</summary>
    public static async Task<Database> CreateAsync(CloudContext cloud, DatabasePlan plan, string password, CancellationToken cancellationToken)
    {
        var database = await PrepareAsync(cloud, plan, cancellationToken);
        return await database.UpAsync(async first =>
        {
            await first.Postgres.CreateAsync(cancellationToken, LogSegment);
            await AllowAsync(first, cancellationToken);
            await database.StartAsync(first, cancellationToken);
            await AskAsync(first, $"CREATE ROLE {Quoted(plan.User)} LOGIN CREATEDB CREATEROLE PASSWORD {Literal(password)}", cancellationToken);
            await AskAsync(first, $"GRANT ALL ON SCHEMA public TO {Quoted(plan.User)}", cancellationToken);
            await AskAsync(first, "CREATE TABLE rds_heartbeat (id int PRIMARY KEY, at timestamptz NOT NULL)", cancellationToken);
            if (plan.DatabaseName is { } name && name != "postgres")
            {
                await AskAsync(first, $"CREATE DATABASE {Quoted(name)} OWNER {Quoted(plan.User)}", cancellationToken);
            }
        }, cancellationToken);
    }

    /// <summary>A database from a backup, and from the archived log up to a time; null for all of the log; no log for the backup as it is.</summary>
    public static async Task<Database> RestoreAsync(CloudContext cloud, DatabasePlan plan, string backup, string? log, DateTime? until, CancellationToken cancellationToken)
    {
        var database = await PrepareAsync(cloud, plan, cancellationToken);
        return await database.UpAsync(async first =>
        {
            await first.Postgres.RestoreAsync(backup, cancellationToken);
            await AllowAsync(first, cancellationToken);
            var recovery = log is null ? "" : $"restore_command = 'cp {log}/%f %p'\nrecovery_target_action = 'promote'\n";
            if (until is { } time)
            {
                recovery += string.Create(CultureInfo.InvariantCulture, $"recovery_target_time = '{time:yyyy-MM-dd HH:mm:ss.ffffff}+00'\n");
            }

            if (log is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(first.Postgres.Folder, "recovery.signal"), "", cancellationToken);
            }

            await first.Postgres.StartAsync(ServerRole.Unchanged, database.Settings(first) + recovery, cancellationToken);
            await WritableAsync(first, cancellationToken);
        }, cancellationToken);
    }

    /// <summary>A replica of another database that follows it, and may lag.</summary>
    public static async Task<Database> ReplicateAsync(CloudContext cloud, DatabasePlan plan, Database source, CancellationToken cancellationToken)
    {
        var database = await PrepareAsync(cloud, plan, cancellationToken);
        database._source = source;
        return await database.UpAsync(first => database.CopyAsync(first, database._following.Port, cancellationToken), cancellationToken);
    }

    private static async Task<Database> PrepareAsync(CloudContext cloud, DatabasePlan plan, CancellationToken cancellationToken)
    {
        var database = new Database(cloud, plan, await FolderAsync(cloud, plan.Name + "-log", cancellationToken));
        foreach (var subnet in plan.Subnets)
        {
            database._servers.Add(await database.ServerAsync(subnet, cancellationToken));
        }

        return database;
    }

    private async Task<Database> UpAsync(Func<DatabaseServer, Task> makeFirst, CancellationToken cancellationToken)
    {
        try
        {
            var first = _servers[0];
            _primary = first;
            await makeFirst(first);
            Version = (string)(await first.Postgres.AskAsync("SELECT split_part(current_setting('server_version'), ' ', 1)", cancellationToken))!;
            if (_servers.Count > 1)
            {
                await FollowAsync(_servers[1], cancellationToken);
            }

            Name(first);
            _watching = true;
            _cloud.InBackground($"watch over {_plan.Name}", WatchAsync);
            return this;
        }
        catch (Exception)
        {
            await DisposeAsync();
            throw;
        }
    }

    private async Task<DatabaseServer> ServerAsync(Subnet subnet, CancellationToken cancellationToken)
    {
        var folder = await FolderAsync(_cloud, _plan.Name, cancellationToken);
        var postgres = new PostgresServer(PostgresInstallation.Find(), $"{_plan.Name}-{subnet.Zone[^1]}", folder, Admin);
        // A standby takes no clients in AWS.
        var front = _cloud.Options.Names ? new ServerFront(_cloud.Network, subnet, _plan.Port, () => _primary?.Postgres == postgres && postgres.Identity is not null ? postgres.Port : 0) : null;
        return new DatabaseServer(postgres, subnet) { Front = front };
    }

    private static async Task AllowAsync(DatabaseServer server, CancellationToken cancellationToken) => await File.WriteAllTextAsync(
        Path.Combine(server.Postgres.Folder, "pg_hba.conf"),
        $"""
        host all {Admin} 127.0.0.1/32 trust
        host replication {Admin} 127.0.0.1/32 trust
        host all all 127.0.0.1/32 scram-sha-256

        """,
        cancellationToken);

    private static async Task WritableAsync(DatabaseServer server, CancellationToken cancellationToken)
    {
        while (await server.Postgres.IsPrimaryAsync(cancellationToken) is not true)
        {
            if (!server.IsRunning)
            {
                throw new TopologyFailedException($"{server.Name} ended while it recovered: the log does not reach as far as was asked for.");
            }

            await Task.Delay(20, cancellationToken);
        }
    }
}
