using System.Text;
using System.Text.Json;

namespace ChaosHarness.Experiments;

/// <summary>
/// A file that is there while a test is, beside the results: what the test is called. It is locked by its process, so one that can be locked is of a
/// process that ended before its test did, and that test has no result.
/// </summary>
public sealed class BegunTest : IDisposable
{
    /// <summary>How the files end.</summary>
    public const string Suffix = ".begun";

    private readonly FileStream _file;

    private BegunTest(FileStream file) => _file = file;

    /// <summary>Begins the file.</summary>
    /// <param name="folder">Where results are written to; created if missing.</param>
    /// <param name="test">The test.</param>
    /// <returns>Disposed when the test has a result.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static BegunTest Begin(string folder, UnfinishedTest test)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, Guid.NewGuid().ToString("N") + Suffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var begun = new BegunTest(file);
        try
        {
            file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(test, OpenRunJson.Default.UnfinishedTest)));
            return begun;
        }
        catch (IOException)
        {
            begun.Dispose();
            throw;
        }
    }

    /// <summary>The tests whose process ended before they did.</summary>
    /// <param name="folder">Where results are; may be missing.</param>
    /// <returns>They, in the order in which they began.</returns>
    public static IReadOnlyList<UnfinishedTest> Left(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(Read).OfType<UnfinishedTest>().OrderBy(test => test.StartedAt)];

    /// <summary>Whether the test of a file goes on.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Whether its process lives.</returns>
    public static bool GoesOn(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException exception)
        {
            return exception is not (FileNotFoundException or DirectoryNotFoundException);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes the file: the test has a result now.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
            File.Delete(_file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays, and the result that is there too is the later one.
        }
    }

    private static UnfinishedTest? Read(string path)
    {
        try
        {
            return GoesOn(path) || JsonSerializer.Deserialize(File.ReadAllBytes(path), OpenRunJson.Default.UnfinishedTest) is not { Name: not null, FaultJournalFolder: not null } test ? null : test;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its test has ended meanwhile.
            return null;
        }
        catch (JsonException)
        {
            // Killed before it was written to its end; that something began is known all the same.
            return new UnfinishedTest("a test whose name is not known", "", File.GetLastWriteTimeUtc(path));
        }
    }
}
