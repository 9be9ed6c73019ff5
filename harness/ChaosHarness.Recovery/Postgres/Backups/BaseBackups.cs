using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>
/// What <c>pg_basebackup</c> made, in the format <c>plain</c>: a folder of folders, each a backup; and the archive of the write-ahead log, a folder that
/// <c>archive_command</c> fills.
/// </summary>
/// <param name="Backups">The folder of the backups.</param>
/// <param name="Archive">The folder of the archive.</param>
public sealed record BaseBackups(string Backups, string Archive) : ICopiedBackup
{
    private const string Manifest = "backup_manifest";

    /// <inheritdoc/>
    public string Name => "pg_basebackup";

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        !Directory.Exists(Backups) ? $"there is no folder of backups {Backups}; name the right one"
        : !Directory.Exists(Archive) ? $"there is no archive of the write-ahead log {Archive}; name the folder that archive_command fills"
        : null);

    /// <inheritdoc/>
    public ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        // The manifest is written last: a folder without one is half a backup.
        var whole = new DirectoryInfo(Backups).EnumerateDirectories()
            .Select(folder => (Folder: folder, Manifest: new FileInfo(Path.Combine(folder.FullName, Manifest))))
            .Where(backup => backup.Manifest.Exists)
            .Select(backup => new FoundBackup(backup.Folder.Name, backup.Manifest.LastWriteTimeUtc) { Size = backup.Folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) })
            .ToList();
        return ValueTask.FromResult(FoundBackups.Newest(whole, moment, $"the backups in {Backups} (folders with a {Manifest})"));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(place);
        // As who may read the backups, which need not be who runs the copy.
        const string Script = """
            cp -a "$1/." "$2" && { [ -z "$3" ] || chown -R "$3" "$2"; } && chmod 700 "$2" && : >"$2/recovery.signal" && rm -f "$2/standby.signal" "$2/postmaster.pid" && { [ -z "$3" ] || chown "$3" "$2/recovery.signal"; }
            """;
        var result = await new LocalHost().RunAsync(HostCommand.Script(Script, Path.Combine(Backups, backup.Label), place.Data, place.User ?? "") with { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess
            ? new Dictionary<string, string>(RecoverySettings.To(moment)) { ["restore_command"] = $"cp '{Archive.Replace("'", "'\\''", StringComparison.Ordinal)}/%f' '%p'" }
            : throw new InvalidOperationException($"copying {backup.Label}: {result.Error.Trim()}");
    }

    /// <inheritdoc/>
    public async ValueTask<ICopiedBackup> CopyAsync(FoundBackup backup, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        const string Script = """
            mkdir "$3/backups" && cp -aH "$1" "$3/backups" && cp -aH "$2" "$3/archive"
            """;
        var result = await new LocalHost().RunAsync(HostCommand.Script(Script, Path.Combine(Backups, backup.Label), Archive, folder) with { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess
            ? new BaseBackups(Path.Combine(folder, "backups"), Path.Combine(folder, "archive"))
            : throw new InvalidOperationException($"copying {backup.Label}: {CopyCommand.Words(result.Error)}");
    }
}
