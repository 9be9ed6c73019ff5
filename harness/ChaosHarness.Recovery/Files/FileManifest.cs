using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace ChaosHarness.Recovery.Files;

/// <summary>What a folder held at some time: every file with its size and hash, so that a copy can be told from one that lacks, changed or added anything.</summary>
/// <param name="Taken">When it was written down.</param>
/// <param name="Files">The files, by their paths in the folder, with <c>/</c> between names.</param>
public sealed record FileManifest(DateTimeOffset Taken, IReadOnlyDictionary<string, FileEntry> Files)
{
    private const string Header = "chaosharness files 1 ";

    /// <summary>Writes down what a folder holds. Links are no files of it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">Tells when.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="IOException">A file could not be read.</exception>
    public static async Task<FileManifest> OfAsync(string folder, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var taken = (time ?? TimeProvider.System).GetUtcNow();
        var files = new ConcurrentDictionary<string, FileEntry>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(PathsOf(folder), cancellationToken, async (path, token) =>
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                var hash = await SHA256.HashDataAsync(stream, token).ConfigureAwait(false);
                files[NameOf(folder, path)] = new FileEntry(stream.Length, Convert.ToHexStringLower(hash));
            }
        }).ConfigureAwait(false);
        return new FileManifest(taken, files);
    }

    /// <summary>Reads one that was written before.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="FormatException">It is none, or only part of one; says in which line.</exception>
    public static async Task<FileManifest> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false);
        if (lines.Length == 0 || !lines[0].StartsWith(Header, StringComparison.Ordinal) || !DateTimeOffset.TryParse(lines[0][Header.Length..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var taken))
        {
            throw new FormatException($"{path} is no manifest of files: it does not begin with '{Header}' and a time");
        }

        var files = new Dictionary<string, FileEntry>(StringComparer.Ordinal);
        for (var index = 1; index < lines.Length - 1; index++)
        {
            var parts = lines[index].Split(' ', 3);
            if (parts.Length < 3 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || !files.TryAdd(Uri.UnescapeDataString(parts[2]), new FileEntry(size, parts[0])))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {index + 1}: not a hash, a size and a path of its own"));
            }
        }

        // The last line tells a whole one from one whose end is lost.
        return lines.Length > 1 && lines[^1] == EndOf(files.Count)
            ? new FileManifest(taken, files)
            : throw new FormatException($"{path} does not end with '{EndOf(files.Count)}': a part of it is missing");
    }

    /// <summary>Writes it to a file, whole or not at all.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>When it is written.</returns>
    public async Task WriteAsync(string path, CancellationToken cancellationToken = default)
    {
        var lines = Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Value.Hash} {file.Value.Size} {Uri.EscapeDataString(file.Key).Replace("%2F", "/", StringComparison.Ordinal)}"));
        var part = path + ".part";
        await File.WriteAllLinesAsync(part, [Header + Taken.ToString("O", CultureInfo.InvariantCulture), .. lines, EndOf(Files.Count)], cancellationToken).ConfigureAwait(false);
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Holds a folder against it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What differs, by path: such as <c>missing</c>, <c>12 bytes, not 4096</c>, <c>other content</c>, <c>not in the manifest</c>.</returns>
    public async Task<IReadOnlyDictionary<string, string>> CompareAsync(string folder, CancellationToken cancellationToken = default)
    {
        var there = (await OfAsync(folder, null, cancellationToken).ConfigureAwait(false)).Files;
        var differences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, wanted) in Files)
        {
            if (!there.TryGetValue(path, out var file))
            {
                differences[path] = "missing";
            }
            else if (file != wanted)
            {
                differences[path] = file.Size != wanted.Size ? string.Create(CultureInfo.InvariantCulture, $"{file.Size} bytes, not {wanted.Size}") : "other content";
            }
        }

        foreach (var path in there.Keys.Where(path => !Files.ContainsKey(path)))
        {
            differences[path] = "not in the manifest";
        }

        return differences;
    }

    private static string EndOf(int count) => string.Create(CultureInfo.InvariantCulture, $"end of {count} files");

    private static string NameOf(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> PathsOf(string folder) => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false });
}
