using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Places;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Safety;
using StackExchange.Redis;

namespace ChaosHarness.Recovery.Redis;

/// <summary>
/// A backup of Redis, loaded by a server of its own in a folder of its own, looked at, and thrown away. It listens on a socket there alone, follows nobody
/// and saves nothing. Redis knows no earlier moment: it is the one of the backup. Needs Linux.
/// </summary>
/// <param name="backup">The backup.</param>
/// <param name="folder">Where the copy goes.</param>
public sealed class RedisRestore(RedisBackup backup, string folder) : FolderRestore(folder)
{
    private const string Snapshot = "dump.rdb";
    private const string AppendOnly = "appendonlydir";
    private const int MostWords = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it may take to load.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan LoadWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the backup may be behind: what was acknowledged before that has to be in it.</summary>
    /// <value>Default: null, it promises nothing.</value>
    public TimeSpan? Behind { get; init; }

    /// <summary>What is looked at beside the files and that there are any keys.</summary>
    public IReadOnlyList<RedisCheck> Checks { get; init; } = [];

    /// <summary>For workloads, by name, the command for the ids of all that they wrote, such as <c>LRANGE orders 0 -1</c> or <c>HKEYS orders</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Writes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <inheritdoc/>
    public override string Description => $"restore Redis from {backup.Path}";

    private string Socket => Path.Combine(Folder, "socket");

    /// <inheritdoc/>
    private protected override async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        backup.Missing
        ?? ((await Host.RunAsync(new HostCommand("redis-server", "--version"), cancellationToken).ConfigureAwait(false)).IsSuccess ? null : "there is no redis-server here: install the version that the backup is of");

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        await notes.PhaseAsync("find", () =>
        {
            RequireYoung(backup.Path, backup.Taken, DateTimeOffset.UtcNow);
            if (Behind is { } behind)
            {
                notes.Targeted(new Timing.TimeWindow(notes.Now - behind, TimeSpan.MaxValue));
            }

            return Task.CompletedTask;
        }).ConfigureAwait(false);
        await notes.PhaseAsync("fetch", async () =>
        {
            await MakeAsync(null, cancellationToken).ConfigureAwait(false);
            await RequireAsync(new HostCommand("cp", "-aH", backup.Path, Path.Combine(Data, backup.IsAppendOnly ? AppendOnly : Snapshot)) { Limit = CopyCommand.Long }, "copying the backup", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await notes.CheckAsync("files are whole", LookAtFilesAsync, cancellationToken).ConfigureAwait(false);
        await notes.PhaseAsync("replay", () => StartAsync(cancellationToken)).ConfigureAwait(false);
        await notes.PhaseAsync("verify", () => VerifyAsync(notes, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<(bool Passed, string Detail)> LookAtFilesAsync(CancellationToken cancellationToken) => await CopyCommand.LookAsync(
        (backup.IsAppendOnly
            ? new HostCommand("redis-check-aof", Path.Combine(Data, AppendOnly, backup.Manifest))
            : new HostCommand("redis-check-rdb", Path.Combine(Data, Snapshot))) with { Limit = CopyCommand.Long },
        backup.IsAppendOnly ? "append-only file" : "snapshot",
        cancellationToken).ConfigureAwait(false);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        // A file whose end is broken is told, and not cut.
        IReadOnlyList<string> how = backup.IsAppendOnly
            ? ["--appendonly", "yes", "--appenddirname", AppendOnly, "--appendfilename", backup.Manifest[..^".manifest".Length], "--aof-load-truncated", "no", "--auto-aof-rewrite-percentage", "0"]
            : ["--appendonly", "no", "--dbfilename", Snapshot];
        const string Script = """
            log=$1; cd "$2" && shift 2 || exit 1
            "$@" </dev/null >>"$log" 2>&1 &
            echo $!
            """;
        var process = await RequireAsync(
            HostCommand.Script(Script, [Log, Data, "redis-server", "--port", "0", "--unixsocket", Socket, "--unixsocketperm", "700", "--dir", Data, "--daemonize", "no", "--save", "", .. how]),
            "starting Redis",
            cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LoadWithin);
        try
        {
            while (!await IsLoadedAsync(limit.Token).ConfigureAwait(false))
            {
                // What has ended works nowhere any more, also where nobody has taken note of its end.
                if (new FileInfo($"/proc/{process}/cwd").LinkTarget is null)
                {
                    throw new InvalidOperationException($"Redis did not come up from the backup: {LastWords()}");
                }

                await Task.Delay(Pause, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Redis did not load the backup within {Timing.DurationText.Format(LoadWithin)}: {LastWords()}");
        }
    }

    private async Task<bool> IsLoadedAsync(CancellationToken cancellationToken) =>
        (await ReadLogAsync(cancellationToken).ConfigureAwait(false)).Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase);

    private async Task<string> ReadLogAsync(CancellationToken cancellationToken)
    {
        var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using (log.ConfigureAwait(false))
        {
            using var reader = new StreamReader(log);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private string LastWords()
    {
        using var log = new StreamReader(new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = string.Join(' ', log.ReadToEnd().Split('\n').TakeLast(3)).Trim();
        return text.Length == 0 ? "it wrote nothing" : text.Length > MostWords ? text[^MostWords..] : text;
    }

    private async Task VerifyAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        var settings = new ConfigurationOptions { EndPoints = { new UnixDomainSocketEndPoint(Socket) }, AbortOnConnectFail = true, ConnectTimeout = 5000, AsyncTimeout = 60_000, AllowAdmin = true };
        var redis = await ConnectionMultiplexer.ConnectAsync(settings).WaitAsync(cancellationToken).ConfigureAwait(false);
        await using (redis.ConfigureAwait(false))
        {
            var database = redis.GetDatabase();
            foreach (var (workload, command) in Writes)
            {
                await notes.LookUpAsync(workload, IdsAsync(database, command, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            await notes.CheckAsync("keys", async _ => await KeysAsync(database).ConfigureAwait(false) is > 0 and var count ? (true, string.Create(CultureInfo.InvariantCulture, $"{count} keys")) : (false, "there are none"), cancellationToken).ConfigureAwait(false);
            foreach (var check in Checks)
            {
                await notes.CheckAsync(check.Name, token => LookAsync(database, check, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Of all databases: INFO has a line for each that holds any.
    private static async Task<long> KeysAsync(IDatabase database) => ((string?)await database.ExecuteAsync("INFO", "keyspace").ConfigureAwait(false) ?? "")
        .Split("keys=").Skip(1).Sum(text => long.Parse(text.Split(',')[0], CultureInfo.InvariantCulture));

    private static async ValueTask<(bool Passed, string Detail)> LookAsync(IDatabase database, RedisCheck check, CancellationToken cancellationToken)
    {
        var answer = (string?)await database.ExecuteAsync(check.Command[0], [.. check.Command.Skip(1)]).WaitAsync(cancellationToken).ConfigureAwait(false) ?? "nil";
        return (answer == check.Expected, answer == check.Expected ? answer : $"{answer}, and not {check.Expected}");
    }

    private static async IAsyncEnumerable<StoredId> IdsAsync(IDatabase database, IReadOnlyList<string> command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await database.ExecuteAsync(command[0], [.. command.Skip(1)]).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var item in (RedisResult[]?)answer ?? [])
        {
            var text = (string?)item ?? "";
            yield return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
        }
    }
}
