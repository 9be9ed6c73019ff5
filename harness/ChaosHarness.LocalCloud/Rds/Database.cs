using System.Globalization;
using System.Net;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.Processes.Postgres;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>
/// A PostgreSQL server, with a synchronous standby in another zone or without, behind an endpoint that leads to whichever takes writes.
/// A primary that dies or hangs is replaced; a standby that is lost no longer holds writes up, and is made anew.
/// </summary>
internal sealed partial class Database : IAsyncDisposable
{
    /// <summary>The superuser of the service itself.</summary>
    public const string Admin = "rdsadmin";

    // Clients keep it in their own time, which nothing makes pass faster.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);
    private readonly CloudContext _cloud;
    private readonly DatabasePlan _plan;
    private readonly string _archive;
    private readonly List<DatabaseServer> _servers = [];
    private readonly Forwarder? _endpoint;
    private readonly Forwarder _replication;
    private readonly Forwarder _following;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly StandbyInStep _inStep = new();
    private readonly CancellationTokenSource _ended;
    private volatile DatabaseServer? _primary;
    private volatile DatabaseServer? _standby;
    private volatile DatabaseServer? _named;
    private volatile DatabaseServer? _pointed;
    private Database? _source;
    private bool _hadPower;

    private Database(CloudContext cloud, DatabasePlan plan, string archive)
    {
        _cloud = cloud;
        _plan = plan;
        _archive = archive;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cloud.Ended);
        if (cloud.Options.Names)
        {
            Address = cloud.NameOf(plan.Name, "rds");
            cloud.Names.Add(Address, () => _pointed?.Front is { } front ? new NameRecord(front.Address, TimeToLive) : null);
        }
        else
        {
            Address = cloud.Network.ServiceAddress($"rds {plan.Name} {plan.Port}");
            _endpoint = new Forwarder(cloud.Network.Connectivity, new IPEndPoint(IPAddress.Parse(Address), plan.Port), () => _named?.Postgres.Port ?? 0, () => _named?.Subnet);
        }

        _replication = new Forwarder(cloud.Network.Connectivity, new IPEndPoint(IPAddress.Loopback, 0), () => _primary?.Postgres.Port ?? 0, static () => null, static () => null);
        _following = new Forwarder(cloud.Network.Connectivity, new IPEndPoint(IPAddress.Loopback, 0), () => _source?._primary?.Postgres.Port ?? 0, static () => null, static () => null, way: plan.SourceOutage is { } outage ? new LongWay(cloud.Clock.Here(cloud.Options.ReplicaLag), () => outage.Hits(RegionParts.Databases), cloud.Time) : null);
    }

    /// <summary>Where clients connect to.</summary>
    public string Address { get; }

    public int Port => _plan.Port;

    public DatabaseServer Primary => _primary ?? throw new InvalidOperationException($"{_plan.Name} has no primary.");

    public DatabaseServer? Standby => _standby;

    /// <summary>Whether it is to have a standby.</summary>
    public bool IsMultiZone => _servers.Count > 1;

    /// <summary>Whether the standby is certain to hold every acknowledged write: only then may it take over.</summary>
    public bool IsInStep => _inStep.Name is not null;

    /// <summary>Where its write-ahead log is archived to.</summary>
    public string Archive => _archive;

    /// <summary>The version of the server, such as <c>15.18</c>.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Called when a failover that nobody asked for begins and ends.</summary>
    public Action<string> OnFailover { get; set; } = static _ => { };

    /// <summary>Ends the primary as a power cut would, and lets the standby take over.</summary>
    /// <exception cref="InvalidOperationException">There is no standby to take over.</exception>
    public Task FailOverAsync(CancellationToken cancellationToken) => InTurnAsync(() => TakeOverAsync(cancellationToken), cancellationToken);

    /// <summary>Ends the server and starts it again, in the same zone.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        var server = Primary;
        _named = null;
        await (server.Front?.RestartAsync(StartAgainAsync) ?? StartAgainAsync());
        Name(server);

        async Task StartAgainAsync()
        {
            await server.Postgres.KillAsync();
            await StartAsync(server, cancellationToken);
        }
    }, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        _watching = false;
        _named = null;
        await Task.WhenAll(_servers.ToArray().Select(server => server.Postgres.KillAsync()));
    }, cancellationToken);

    public Task StartAgainAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await StartAsync(Primary, cancellationToken);
        Name(Primary);
        _watching = true;
    }, cancellationToken);

    /// <summary>Makes a replica a database of its own.</summary>
    public Task PromoteAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        _source = null;
        await PromoteAsync(Primary, cancellationToken);
    }, cancellationToken);

    /// <summary>
    /// How far a replica is behind, as RDS tells it: the time since the last write that it has replayed was made, which grows as well while nothing is
    /// written. Null when it does not answer, or has replayed nothing yet.
    /// </summary>
    public async Task<TimeSpan?> LagAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Primary.Postgres.AskAsync("SELECT extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8", cancellationToken) is double seconds ? TimeSpan.FromSeconds(seconds) : null;
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Ends all servers at once, whatever is being done to them.</summary>
    public async Task LosePowerAsync()
    {
        _hadPower = _watching;
        _named = null;
        await Task.WhenAll(_servers.Select(server => server.Postgres.KillAsync()));
    }

    /// <summary>Starts it again, if it ran, with what it had on disk.</summary>
    public Task GivePowerAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        // One that serves already was brought back before, by whoever tried first.
        if (_hadPower && !Primary.IsRunning)
        {
            await Primary.Postgres.KillAsync();
            await StartAsync(Primary, cancellationToken);
        }

        if (_hadPower)
        {
            Name(Primary);
        }
    }, cancellationToken);

    /// <summary>Gives it a standby in another zone.</summary>
    public Task AddStandbyAsync(Subnet subnet, CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        _servers.Add(await ServerAsync(subnet, cancellationToken));
        await FollowAsync(_servers[^1], cancellationToken);
    }, cancellationToken);

    /// <summary>Takes its standby away.</summary>
    public Task RemoveStandbyAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        await GoOnAloneAsync(cancellationToken);
        foreach (var server in _servers.Where(server => server != _primary).ToList())
        {
            server.Front?.Dispose();
            await server.Postgres.DisposeAsync();
            _servers.Remove(server);
        }

        _standby = null;
    }, cancellationToken);

    public Task BackUpAsync(string into, CancellationToken cancellationToken) => Primary.Postgres.BackUpAsync(into, cancellationToken);

    public Task SetPasswordAsync(string password, CancellationToken cancellationToken) =>
        AskAsync(Primary, $"ALTER ROLE {Quoted(_plan.User)} PASSWORD {Literal(password)}", cancellationToken);

    /// <summary>Writes a heartbeat and archives the log up to it.</summary>
    /// <returns>The time that the database can be restored to from then on: a write before it is in the archive, and one after it too.</returns>
    public async Task<DateTime> ArchiveAsync(CancellationToken cancellationToken)
    {
        var postgres = Primary.Postgres;
        var at = (DateTime)(await postgres.AskAsync("INSERT INTO rds_heartbeat VALUES (1, clock_timestamp()) ON CONFLICT (id) DO UPDATE SET at = clock_timestamp() RETURNING at", cancellationToken))!;
        var segment = (string)(await postgres.AskAsync("SELECT pg_walfile_name(pg_switch_wal())", cancellationToken))!;
        while (!File.Exists(Path.Combine(_archive, segment)))
        {
            await Task.Delay(20, cancellationToken);
        }

        return at.ToUniversalTime();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _endpoint?.Dispose();
        _replication.Dispose();
        _following.Dispose();
        _cloud.Names.Remove(Address);
        _servers.ForEach(server => server.Front?.Dispose());
        await Task.WhenAll(_servers.Select(server => server.Postgres.DisposeAsync().AsTask()));
    }

    private async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        // Only a standby in step takes over: any other would lose what was acknowledged.
        while (IsMultiZone && !IsInStep)
        {
            await LookAtStandbyAsync(cancellationToken);
            await Task.Delay(Glance, _cloud.Time, cancellationToken);
        }

        var since = _cloud.Time.GetTimestamp();
        var (old, next) = (Primary, _standby ?? throw new InvalidOperationException($"{_plan.Name} has no standby that could take over."));
        _named = null;
        await old.Postgres.KillAsync();
        await PromoteAsync(next, cancellationToken);
        _inStep.Forget();
        (_primary, _standby) = (next, null);
        await _cloud.Clock.UntilAsync(since, _plan.FailoverTime, cancellationToken);
        Name(next);
    }

    // A name goes on leading to where it led last while nobody takes its place.
    private void Name(DatabaseServer server) => _pointed = _named = server;

    // The answer to an earlier attempt may have been lost.
    private static async Task PromoteAsync(DatabaseServer server, CancellationToken cancellationToken)
    {
        if (await server.Postgres.IsPrimaryAsync(cancellationToken) is not true && await server.Postgres.AskAsync("SELECT pg_promote(true, 30)", cancellationToken) is not true)
        {
            throw new InvalidOperationException($"{server.Name} did not become primary.");
        }
    }

    // A standby is a fresh copy; it counts only once it has caught up with what was acknowledged without it.
    private async Task FollowAsync(DatabaseServer server, CancellationToken cancellationToken)
    {
        await server.Postgres.KillAsync();
        _standby = server;
        try
        {
            await CopyAsync(server, _replication.Port, cancellationToken);
            while (!IsInStep)
            {
                await KeepInStepAsync(server, cancellationToken);
                await Task.Delay(20, cancellationToken);
            }
        }
        catch (Exception)
        {
            _standby = null;
            throw;
        }
    }

    private async Task CopyAsync(DatabaseServer server, int port, CancellationToken cancellationToken)
    {
        await server.Postgres.CopyAsync(port, cancellationToken);
        await StartAsync(server, ServerRole.Standby, cancellationToken);
    }

    // What it is waited for by is asked of the primary and never assumed: it may have been started anew.
    private async Task<bool> KeepInStepAsync(DatabaseServer standby, CancellationToken cancellationToken)
    {
        var replication = Replication.Read((string)(await Primary.Postgres.AskAsync(Replication.Query, cancellationToken))!);
        if (!replication.Streaming.TryGetValue(standby.Name, out var streaming))
        {
            return false;
        }

        _inStep.See(standby.Name, replication);
        if (!streaming.IsInStep)
        {
            await WaitForAsync(Quoted(standby.Name), cancellationToken);
        }

        return true;
    }

    // First forgotten, then told: a primary that does not wait has no standby that may take over.
    private async Task GoOnAloneAsync(CancellationToken cancellationToken)
    {
        _inStep.Forget();
        if (await Primary.Postgres.AskAsync("SELECT current_setting('synchronous_standby_names')", cancellationToken) is not "")
        {
            await WaitForAsync("", cancellationToken);
        }
    }

    private async Task WaitForAsync(string names, CancellationToken cancellationToken)
    {
        await Primary.Postgres.AskAsync($"ALTER SYSTEM SET synchronous_standby_names = {Literal(names)}", cancellationToken);
        await Primary.Postgres.AskAsync("SELECT pg_reload_conf()", cancellationToken);
    }

    private Task StartAsync(DatabaseServer server, CancellationToken cancellationToken) => StartAsync(server, ServerRole.Unchanged, cancellationToken);

    private async Task StartAsync(DatabaseServer server, ServerRole role, CancellationToken cancellationToken)
    {
        await _cloud.Outage.OverAsync(RegionParts.Databases, cancellationToken);
        await server.Postgres.StartAsync(role, Settings(server), cancellationToken);
    }

    // Both archive: what a dying primary had not archived yet, its standby has. The same file twice is the same file.
    private string Settings(DatabaseServer server) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        archive_mode = always
        archive_command = 'test -f {_archive}/%f || (cp %p {_archive}/%f.$$ && mv {_archive}/%f.$$ {_archive}/%f)'
        primary_conninfo = 'host=127.0.0.1 port={(_source is null ? _replication : _following).Port} user={Admin} application_name={server.Name} connect_timeout=2'

        """);

    private static async Task AskAsync(DatabaseServer server, string sql, CancellationToken cancellationToken) => await server.Postgres.AskAsync(sql, cancellationToken);

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
