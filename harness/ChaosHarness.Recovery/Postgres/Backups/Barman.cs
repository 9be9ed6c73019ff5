using System.Globalization;
using System.Text.Json;
using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>What Barman keeps. The copy runs as who may read the backups, for its log is fetched from them while it is replayed: usually <c>barman</c>.</summary>
/// <param name="Server">Which database, as its configuration names it.</param>
public sealed record Barman(string Server) : ICopiedBackup
{
    // It puts its own words into the settings and renames the manifest, so that the files could not be held against it; and it asks for recovery only where
    // a target was named.
    private const string AsItWas = """
        cd "$1" && : >recovery.signal && rm -rf barman_wal .barman-recover.info postgresql.auto.conf postgresql.auto.conf.origin && : >postgresql.auto.conf &&
        { [ ! -e postgresql.conf.origin ] || mv postgresql.conf.origin postgresql.conf; } &&
        { [ ! -e "backup_manifest.$2" ] || mv "backup_manifest.$2" backup_manifest; }
        """;

    /// <summary>Its configuration.</summary>
    /// <value>Default: null, where it looks by itself.</value>
    public string? Configuration { get; init; }

    /// <summary>The user that it runs as; the user of the place has to be the same.</summary>
    /// <value>Default: <c>barman</c> for root, else null, the user of the tests.</value>
    public string? User { get; init; } = PostgresPlace.UsualUser is null ? null : "barman";

    /// <inheritdoc/>
    public string Name => "Barman";

    /// <inheritdoc/>
    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        (await new LocalHost().RunAsync(new HostCommand("barman", "--version"), cancellationToken).ConfigureAwait(false)).IsSuccess ? null : "there is no barman here: install it where the restore is made";

    /// <inheritdoc/>
    public async ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        var listed = await RunAsync(["-f", "json", "list-backups", Server], cancellationToken).ConfigureAwait(false);
        return FoundBackups.Newest(FoundBackups.Read("barman list-backups", () => Read(listed, Server)), moment, $"Barman's backups of {Server}");
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(place);
        if (place.User != User)
        {
            throw new InvalidOperationException($"Barman runs as {User ?? "this user"} and the copy as {place.User ?? "this user"}: give the place the user that may read the backups, PostgresPlace.User = \"{User}\"");
        }

        // With --get-wal it copies the files alone: told to copy the log too, it has been seen to copy too little of it.
        IReadOnlyList<string> target = moment is { } at ? ["--target-time", RecoverySettings.Text(at)] : [];
        await RunAsync(["recover", "--get-wal", .. target, Server, backup.Label, place.Data], cancellationToken).ConfigureAwait(false);
        await RunAsync(CopyCommand.Of(User, ["sh", "-c", AsItWas, "sh", place.Data, backup.Label]), "making the copy ready", cancellationToken).ConfigureAwait(false);
        // Partial: what streams in is of use before its segment is full.
        var fetch = new HostCommand("barman", [.. Where, "get-wal", "-P", Server]).ToString();
        return new Dictionary<string, string>(RecoverySettings.To(moment)) { ["restore_command"] = $"{fetch.Replace("%", "%%", StringComparison.Ordinal)} %f > '%p'" };
    }

    /// <inheritdoc/>
    public async ValueTask<ICopiedBackup> CopyAsync(FoundBackup backup, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var shown = await RunAsync(["-f", "json", "show-servers", Server], cancellationToken).ConfigureAwait(false);
        using var read = JsonDocument.Parse(shown);
        var settings = read.RootElement.GetProperty(Server);
        await RunAsync(HostCommand.Script("cp -aH \"$1\" \"$2/server\"", settings.GetProperty("backup_directory").GetString()!, folder) with { Limit = CopyCommand.Long }, "copying Barman's backups", cancellationToken).ConfigureAwait(false);
        var configuration = Path.Combine(folder, "barman.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            [barman]
            barman_user = {User ?? Environment.UserName}
            barman_home = {folder}
            log_level = ERROR
            [{Server}]
            description = a copy
            conninfo = host={folder} dbname=postgres
            backup_directory = {folder}/server
            backup_method = postgres
            archiver = on

            """,
            cancellationToken).ConfigureAwait(false);
        await RunAsync(HostCommand.Script("chmod 644 \"$2\" && { [ -z \"$1\" ] || chown \"$1\" \"$3\"; }", User ?? "", configuration, folder), "giving the copy away", cancellationToken).ConfigureAwait(false);
        return this with { Configuration = configuration };
    }

    internal static IEnumerable<FoundBackup> Read(string listed, string server)
    {
        using var read = JsonDocument.Parse(listed);
        foreach (var backup in read.RootElement.GetProperty(server).EnumerateArray())
        {
            // What waits for its log is whole once that has come, as a restore finds out.
            if (backup.GetProperty("status").GetString() is "DONE" or "WAITING_FOR_WALS")
            {
                var ended = long.Parse(backup.GetProperty("end_time_timestamp").GetString()!, CultureInfo.InvariantCulture);
                yield return new FoundBackup(backup.GetProperty("backup_id").GetString()!, DateTimeOffset.FromUnixTimeSeconds(ended + 1)) { Size = backup.GetProperty("size_bytes").GetInt64() };
            }
        }
    }

    private IReadOnlyList<string> Where => Configuration is { } file ? ["-c", file] : [];

    private ValueTask<string> RunAsync(IReadOnlyList<string> words, CancellationToken cancellationToken) =>
        RunAsync(CopyCommand.Of(User, ["barman", .. Where, .. words]) with { Limit = CopyCommand.Long, MostOutput = 16 * 1024 * 1024 }, $"barman {words.First(word => !word.StartsWith('-') && word != "json")}", cancellationToken);

    private static async ValueTask<string> RunAsync(HostCommand command, string what, CancellationToken cancellationToken)
    {
        var result = await new LocalHost().RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? result.Output : throw new InvalidOperationException($"{what}: {CopyCommand.Words(result.Output + result.Error)}");
    }
}
