using System.Globalization;
using System.Text.RegularExpressions;

namespace ChaosHarness.Recovery.MariaDb;

/// <summary>What <c>mariadb-backup</c> made: a folder of folders, each a full backup; and copies of the binary logs, a folder of files such as <c>bin.000012</c>.</summary>
/// <param name="Backups">The folder of the backups.</param>
/// <param name="BinaryLogs">The folder of the binary logs; null where there are none, and a backup can be restored to its own moment alone.</param>
public sealed partial record MariaDbBackups(string Backups, string? BinaryLogs = null)
{
    private static readonly string[] Notes = ["xtrabackup_info", "mariadb_backup_info"];

    internal string? Missing => !Directory.Exists(Backups) ? $"there is no folder of backups {Backups}; name the right one"
        : BinaryLogs is not null && !Directory.Exists(BinaryLogs) ? $"there is no folder of binary logs {BinaryLogs}; name the one that they are copied to"
        : null;

    /// <summary>Finds the newest whole backup that was complete by a moment.</summary>
    /// <exception cref="InvalidOperationException">There is none; says why.</exception>
    internal MariaDbFound Find(DateTimeOffset? moment)
    {
        // Its notes are written last: a folder without them is half a backup.
        var whole = new DirectoryInfo(Backups).EnumerateDirectories()
            .SelectMany(folder => Notes.Select(name => new FileInfo(Path.Combine(folder.FullName, name))).Where(notes => notes.Exists))
            .Select(notes => (Notes: notes, Finished: new DateTimeOffset(notes.LastWriteTimeUtc)))
            .ToList();
        var found = whole.Where(backup => moment is null || backup.Finished <= moment).OrderBy(backup => backup.Finished).LastOrDefault();
        return found.Notes is null
            ? throw new InvalidOperationException(whole.Count == 0
                ? $"there is no whole backup in {Backups}: a folder with {string.Join(" or ", Notes)} is one"
                : string.Create(CultureInfo.InvariantCulture, $"none of the {whole.Count} backups in {Backups} was complete by {moment!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"))
            : new MariaDbFound(found.Notes.DirectoryName!, found.Finished, PositionIn(File.ReadAllText(found.Notes.FullName)));
    }

    /// <summary>The binary logs that go on from a position, in order.</summary>
    /// <exception cref="InvalidOperationException">One of them is missing: what comes after it would be applied to what it was not made for.</exception>
    internal IReadOnlyList<string> LogsFrom(MariaDbFound backup)
    {
        if (BinaryLogs is not { } folder)
        {
            return [];
        }

        if (backup.Position is not { } position)
        {
            throw new InvalidOperationException($"{backup.Folder} does not say where in the binary logs it is: its server wrote none");
        }

        var (name, first) = Split(position.File);
        var numbers = Directory.EnumerateFiles(folder, name + ".*").Select(path => Split(Path.GetFileName(path)).Number).Where(number => number >= first).Order().ToList();
        for (var expected = first; expected < first + Math.Max(1, numbers.Count); expected++)
        {
            if (expected - first >= numbers.Count || numbers[(int)(expected - first)] != expected)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the binary log {name}.{expected:000000} is missing in {folder}"));
            }
        }

        return [.. numbers.Select(number => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{number:000000}")))];
    }

    internal static (string File, long Position)? PositionIn(string notes) => Position().Match(notes) is { Success: true } match
        ? (match.Groups["file"].Value, long.Parse(match.Groups["position"].Value, CultureInfo.InvariantCulture))
        : null;

    private static (string Name, long Number) Split(string file) => file.LastIndexOf('.') is > 0 and var dot && long.TryParse(file[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? (file[..dot], number)
        : (file, -1);

    [GeneratedRegex("binlog_pos = filename '(?<file>[^']+)', position '(?<position>[0-9]+)'")]
    private static partial Regex Position();
}
