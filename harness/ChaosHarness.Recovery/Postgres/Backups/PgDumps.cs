using System.Globalization;
using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>
/// What <c>pg_dump</c> made, in the format <c>custom</c> or <c>directory</c>: a folder in which each entry is a dump. They hold what was committed when each
/// was begun, so that they can be restored to no moment, and nothing of roles: those come from <see cref="Globals"/>.
/// </summary>
/// <param name="Dumps">The folder of the dumps.</param>
public sealed record PgDumps(string Dumps) : ICopiedBackup
{
    /// <summary>What <c>pg_dumpall --globals-only</c> wrote, loaded first; it may lie in the folder of the dumps.</summary>
    /// <value>Default: null. A dump of tables that belong to other roles cannot be restored without.</value>
    public string? Globals { get; init; }

    /// <summary>How many tables are loaded at once.</summary>
    /// <value>Default: 2.</value>
    public int Jobs { get; init; } = 2;

    /// <inheritdoc/>
    public string Name => "pg_dump";

    /// <inheritdoc/>
    public bool AreDumps => true;

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        !Directory.Exists(Dumps) ? $"there is no folder of dumps {Dumps}; name the right one"
        : Globals is not null && !File.Exists(Globals) ? $"there is no {Globals}; name what pg_dumpall --globals-only wrote"
        : null);

    /// <inheritdoc/>
    public async ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        if (moment is not null)
        {
            throw new InvalidOperationException("a dump can be restored to no moment but its own: restore it to RestoreMoment.Latest()");
        }

        var all = new DirectoryInfo(Dumps).EnumerateFileSystemInfos()
            .Where(entry => Globals is null || Path.GetFullPath(Globals) != entry.FullName)
            .Select(entry => entry is DirectoryInfo folder
                ? new FoundBackup(entry.Name, folder.EnumerateFiles().Select(file => file.LastWriteTimeUtc).DefaultIfEmpty(entry.LastWriteTimeUtc).Max()) { Size = folder.EnumerateFiles().Sum(file => file.Length) }
                : new FoundBackup(entry.Name, entry.LastWriteTimeUtc) { Size = ((FileInfo)entry).Length })
            .ToList();
        var newest = FoundBackups.Newest(all, moment: null, $"the dumps in {Dumps}");
        return newest with { Began = await BeganAsync(newest, cancellationToken).ConfigureAwait(false) };
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(place);
        await RequireAsync(CopyCommand.Of(place.User, place.Program("initdb"), "-D", place.Data, "-U", place.Role, "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C"), "making a new system", cancellationToken).ConfigureAwait(false);
        // Loaded once, and thrown away: what a crash would cost is nothing.
        return new Dictionary<string, string> { ["full_page_writes"] = "off", ["wal_level"] = "minimal", ["max_wal_senders"] = "0", ["maintenance_work_mem"] = "256MB", ["max_wal_size"] = "4GB" };
    }

    /// <inheritdoc/>
    public async ValueTask LoadAsync(FoundBackup backup, PostgresPlace place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(place);
        IReadOnlyList<string> there = ["-h", place.Socket, "-U", place.Role];
        // Read as who may read the dumps, which need not be who runs the copy; it is reached by its socket.
        if (Globals is { } globals)
        {
            // The superuser of the new system is among them, and there already: that alone fails.
            await RequireAsync(new HostCommand(place.Program("psql"), [.. there, "-d", "postgres", "-q", "-X", "-f", globals]), "loading the roles", cancellationToken).ConfigureAwait(false);
        }

        await RequireAsync(
            new HostCommand(place.Program("pg_restore"), [.. there, "-d", "postgres", "--exit-on-error", .. place.Database == "postgres" ? Array.Empty<string>() : ["--create"], string.Create(CultureInfo.InvariantCulture, $"--jobs={Jobs}"), PathOf(backup)]),
            "pg_restore",
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<ICopiedBackup> CopyAsync(FoundBackup backup, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        var dumps = Directory.CreateDirectory(Path.Combine(folder, "dumps")).FullName;
        await RequireAsync(new HostCommand("cp", "-aH", PathOf(backup), dumps), $"copying {backup.Label}", cancellationToken).ConfigureAwait(false);
        return this with { Dumps = dumps };
    }

    private string PathOf(FoundBackup backup) => Path.Combine(Dumps, backup.Label);

    // As its table of contents says, to the second.
    private async ValueTask<DateTimeOffset?> BeganAsync(FoundBackup backup, CancellationToken cancellationToken)
    {
        const string Word = "; Archive created at ";
        var listed = await new LocalHost().RunAsync(new HostCommand("env", "TZ=UTC", "LC_ALL=C", "pg_restore", "--list", PathOf(backup)), cancellationToken).ConfigureAwait(false);
        var line = listed.Output.Split('\n').FirstOrDefault(line => line.StartsWith(Word, StringComparison.Ordinal));
        return line is not null && DateTimeOffset.TryParseExact(line[Word.Length..].Replace(" UTC", "", StringComparison.Ordinal).Trim(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began) ? began : null;
    }

    private static async ValueTask RequireAsync(HostCommand command, string what, CancellationToken cancellationToken)
    {
        var result = await new LocalHost().RunAsync(command with { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            throw new InvalidOperationException($"{what}: {CopyCommand.Words(result.Output + result.Error)}");
        }
    }
}
