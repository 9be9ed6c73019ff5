namespace ChaosHarness.Safety;

/// <summary>
/// A file that says something for as long as who wrote it lives: it is locked until then, and removed. One that is left by a process that was
/// killed can be told by its lock, and is removed by whoever finds it.
/// </summary>
internal sealed class HeldFile : IDisposable
{
    private readonly FileStream _file;

    private HeldFile(FileStream file) => _file = file;

    /// <summary>Writes one; null where that cannot be done.</summary>
    public static HeldFile? Hold(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Others may read it, and see by the lock whether it is true.
            var held = new HeldFile(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.DeleteOnClose));
            held.Say(content);
            return held;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What is said by those that are held, in a folder that may be missing.</summary>
    public static IReadOnlyList<byte[]> Read(string folder, string suffix) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + suffix).Select(Read).OfType<byte[]>()] : [];

    /// <summary>Says something else.</summary>
    public void Say(ReadOnlySpan<byte> content)
    {
        try
        {
            _file.SetLength(0);
            _file.Seek(0, SeekOrigin.Begin);
            _file.Write(content);
        }
        catch (IOException)
        {
            // On a full disk others learn nothing of it.
        }
    }

    public void Dispose() => _file.Dispose();

    private static byte[]? Read(string path)
    {
        try
        {
            if (FileLock.IsHeld(path) == false)
            {
                File.Delete(path);
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
