using System.Text.Json;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>A watchdog that is there: should its owner be killed, it undoes what that left broken.</summary>
/// <param name="Id">The number of its process.</param>
/// <param name="Owner">The number of the process that it watches.</param>
/// <param name="Since">Since when.</param>
public sealed record WatchdogState(int Id, int Owner, DateTimeOffset Since)
{
    private const string Suffix = ".watchdog";

    /// <summary>The watchdogs that look after a folder of fault journals.</summary>
    /// <param name="folder">The folder; may be missing.</param>
    /// <returns>Those whose process is there, the oldest first.</returns>
    public static IReadOnlyList<WatchdogState> Find(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(Read).OfType<WatchdogState>().OrderBy(state => state.Since)]
            : [];
    }

    /// <summary>Says that it is there, until what is returned is disposed or the process ends; null where that cannot be written.</summary>
    internal IDisposable? Show(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // Others may read it, and see by the lock whether it is true.
            var file = new FileStream(Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}{Suffix}")), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.DeleteOnClose);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, SafetyJson.Default.WatchdogState));
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static WatchdogState? Read(string path)
    {
        try
        {
            if (IsLeft(path))
            {
                File.Delete(path);
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize(file, SafetyJson.Default.WatchdogState);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    // One that was killed itself could not remove it.
    private static bool IsLeft(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
