using System.Globalization;

namespace ChaosHarness.Recovery.Redis;

/// <summary>
/// A backup of Redis: a copy of its snapshot (<c>dump.rdb</c>), or of the folder of its append-only file (<c>appendonlydir</c>, Redis 7 and later). Which of
/// both it is says how it is loaded: told to use an append-only file that is not there, Redis starts empty beside a snapshot, and says nothing.
/// </summary>
/// <param name="Path">The file or the folder.</param>
public sealed record RedisBackup(string Path)
{
    /// <summary>Whether it is a folder, and so an append-only file.</summary>
    internal bool IsAppendOnly => Directory.Exists(Path);

    internal string? Missing => Directory.Exists(Path) || File.Exists(Path) ? null : $"there is no backup {Path}: name a copy of dump.rdb, or of the folder appendonlydir";

    internal DateTimeOffset Taken => IsAppendOnly
        ? new DirectoryInfo(Path).EnumerateFiles().Select(file => new DateTimeOffset(file.LastWriteTimeUtc)).DefaultIfEmpty().Max()
        : File.GetLastWriteTimeUtc(Path);

    /// <summary>The manifest of an append-only file.</summary>
    /// <exception cref="InvalidOperationException">It has none, or several.</exception>
    internal string Manifest => Directory.GetFiles(Path, "*.manifest") is [var only]
        ? System.IO.Path.GetFileName(only)
        : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{Path} has {Directory.GetFiles(Path, "*.manifest").Length} manifests of an append-only file, and not one"));
}
