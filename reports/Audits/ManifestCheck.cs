using System.Security.Cryptography;

namespace ChaosHarness.Reports.Audits;

/// <summary>Whether a pack is as it was written.</summary>
/// <param name="Manifest">What it has to consist of.</param>
/// <param name="Sha256">The hash of the manifest itself.</param>
/// <param name="Differences">What is otherwise, a line each.</param>
internal sealed record ManifestCheck(Manifest Manifest, string Sha256, IReadOnlyList<string> Differences)
{
    /// <summary>Looks at every file.</summary>
    /// <param name="folder">The folder of the pack.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="FormatException">The folder has no manifest that can be read.</exception>
    public static async Task<ManifestCheck> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(path))
        {
            throw new FormatException($"There is no {path}: give the folder of a pack, as chaos audit writes it.");
        }

        var text = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var manifest = Read(text, path);
        var differences = new List<string>();
        var there = ManifestFile.In(folder).Where(file => file != path).ToDictionary(file => ManifestFile.PathIn(folder, file), StringComparer.Ordinal);
        foreach (var expected in manifest.Files)
        {
            differences.AddRange(there.Remove(expected.Path, out var file) ? await LookAsync(folder, file, expected, cancellationToken).ConfigureAwait(false) : [$"Missing: {expected.Path}"]);
        }

        differences.AddRange(there.Keys.Order(StringComparer.Ordinal).Select(added => $"Added: {added}"));
        return new ManifestCheck(manifest, Convert.ToHexStringLower(SHA256.HashData(text)), differences);
    }

    private static Manifest Read(byte[] text, string path)
    {
        try
        {
            return Manifest.Read(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<IReadOnlyList<string>> LookAsync(string folder, string file, ManifestFile expected, CancellationToken cancellationToken)
    {
        try
        {
            return await ManifestFile.ReadAsync(folder, file, cancellationToken).ConfigureAwait(false) == expected ? [] : [$"Changed: {expected.Path}"];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"Unreadable: {expected.Path}: {exception.Message}"];
        }
    }
}
