using System.Security.Cryptography;

namespace ChaosHarness.Reports.Audits;

/// <summary>A file of a pack.</summary>
/// <param name="Path">Where it is in the folder of the pack, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its content, as 64 lower-case hexadecimal digits.</param>
internal sealed record ManifestFile(string Path, long Bytes, string Sha256)
{
    /// <summary>Reads one of the files of a folder.</summary>
    public static async Task<ManifestFile> ReadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using (stream.ConfigureAwait(false))
        {
            return new ManifestFile(PathIn(folder, path), stream.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)));
        }
    }

    /// <summary>The files of a folder and of those below, by path.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).OrderBy(path => PathIn(folder, path), StringComparer.Ordinal)];

    /// <summary>The path of a file within a folder, the same on every system.</summary>
    public static string PathIn(string folder, string path) => System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/');

    /// <summary>Whether a path stays within the folder of its pack.</summary>
    public static bool IsWithin(string path) => path.Length > 0 && !path.Contains('\\', StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal) && path.Split('/').All(part => part is not ("" or "." or ".."));
}
