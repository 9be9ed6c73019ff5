using System.Globalization;
using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>Where a copy of PostgreSQL is brought up: a folder of its own on this machine, reached by a socket in it alone, so that nobody else reads what was restored.</summary>
/// <param name="Folder">The path of the folder. It must not be there yet; it is removed again with everything in it.</param>
public sealed record PostgresPlace(string Folder)
{
    /// <summary>The path of the folder, from the root on: whoever throws the copy away after a kill is somewhere else.</summary>
    public string Folder { get; init; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder));

    /// <summary>The folder of PostgreSQL's programs, of the version that the backup is of.</summary>
    /// <value>Default: the newest below <c>/usr/lib/postgresql</c>.</value>
    public string Programs { get; init; } = NewestPrograms();

    /// <summary>The user of this machine that the copy runs as, where that is not the one of the tests; PostgreSQL does not run as root.</summary>
    /// <value>Default: <c>postgres</c> for root, else null, the user of the tests.</value>
    public string? User { get; init; } = UsualUser;

    /// <summary>The role that the copy is asked as; a superuser, whom it trusts.</summary>
    /// <value>Default: <c>postgres</c>.</value>
    public string Role { get; init; } = "postgres";

    /// <summary>The database in which checks and lookups are made.</summary>
    /// <value>Default: <c>postgres</c>.</value>
    public string Database { get; init; } = "postgres";

    /// <summary>More settings of the copy, such as <c>shared_preload_libraries</c>.</summary>
    /// <value>Default: none.</value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    internal static string? UsualUser => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "postgres" : null;

    internal string Data => Path.Combine(Folder, "data");

    /// <summary>Where the copy of a backup goes that is broken on purpose.</summary>
    internal string Planted => Path.Combine(Folder, "planted");

    internal string Log => Path.Combine(Folder, "log");

    internal string Socket => Path.Combine(Folder, "socket");

    internal string Program(string name) => Path.Combine(Programs, name);

    /// <summary>Asks for the sizes before anything is fetched.</summary>
    /// <returns>Why a backup cannot be restored here; null when there is room, or its size is not known.</returns>
    internal string? WhyTooSmall(FoundBackup backup)
    {
        var there = Folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        var room = new DriveInfo(there).AvailableFreeSpace;
        return backup.Size <= room ? null : string.Create(CultureInfo.InvariantCulture, $"backup {backup.Label} takes {Megabytes(backup.Size)} MB, and {there} has {Megabytes(room)} MB left: nothing was fetched; name a larger place");
    }

    private static long Megabytes(long bytes) => bytes / 1_000_000;

    private static string NewestPrograms()
    {
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian) && Directory.EnumerateDirectories(Debian).MaxBy(folder => Version.TryParse(Path.GetFileName(folder) + ".0", out var version) ? version : new Version()) is { } newest
            ? Path.Combine(newest, "bin")
            : Debian;
    }
}
