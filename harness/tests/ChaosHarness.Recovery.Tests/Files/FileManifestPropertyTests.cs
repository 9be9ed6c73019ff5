using ChaosHarness.Recovery.Files;
using CsCheck;

namespace ChaosHarness.Recovery.Tests.Files;

public sealed class FileManifestPropertyTests
{
    private static readonly Gen<FileEntry> Entry = Gen.Select(Gen.Long[0, long.MaxValue], Gen.Char["0123456789abcdef"].Array[64], (size, hash) => new FileEntry(size, new string(hash)));

    [Test]
    public void Whatever_paths_are_called_they_are_read_as_they_were_written()
    {
        var folder = Directory.CreateTempSubdirectory("manifests-").FullName;
        var file = Path.Combine(folder, "manifest");
        // Names that are no text of their own cannot be written: halves of surrogates.
        var name = Gen.String.Where(text => text.Length > 0 && text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar));
        Gen.Select(Gen.Dictionary(name, Entry)[0, 20], Gen.DateTimeOffset).Sample((files, taken) =>
        {
            var manifest = new FileManifest(taken, files);
            manifest.WriteAsync(file).GetAwaiter().GetResult();
            var read = FileManifest.ReadAsync(file).GetAwaiter().GetResult();
            return read.Taken == taken && read.Files.Count == files.Count && files.All(entry => read.Files[entry.Key] == entry.Value);
        }, iter: 200, threads: 1);
        Directory.Delete(folder, recursive: true);
    }
}
