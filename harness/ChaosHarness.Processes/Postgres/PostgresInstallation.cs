using System.Globalization;

namespace ChaosHarness.Processes.Postgres;

/// <summary>Where PostgreSQL's programs are: the newest version found, 13 to 18 are known to work.</summary>
internal sealed record PostgresInstallation(string Postgres, string InitDb, string BaseBackup)
{
    /// <summary>Names a folder of PostgreSQL programs that is to be used instead.</summary>
    public const string FolderVariable = "CHAOSHARNESS_POSTGRES_BIN";

    private const string Package = "postgresql";

    /// <exception cref="Experiments.NotRunException">A program is missing; says where it was looked for.</exception>
    public static PostgresInstallation Find()
    {
        var chosen = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;
        IReadOnlyList<string> folders = chosen is null ? Folders() : [chosen];
        return new PostgresInstallation(Find("postgres"), Find("initdb"), Find("pg_basebackup"));

        // A folder that was chosen is meant: another version from elsewhere would not be what was asked for.
        string Find(string program) => Executable.Find(program, folders, Package, alsoOnPath: chosen is null);
    }

    private static List<string> Folders()
    {
        const string Debian = "/usr/lib/postgresql";
        return Directory.Exists(Debian)
            ? [.. Directory.EnumerateDirectories(Debian).OrderByDescending(Version).Select(version => Path.Combine(version, "bin"))]
            : [Path.Combine(Debian, "*", "bin")];
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
