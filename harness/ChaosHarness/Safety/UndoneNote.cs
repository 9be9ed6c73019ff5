using System.Text;

namespace ChaosHarness.Safety;

/// <summary>Says in what a killed run left of itself that a fault of it was undone since, for the record that is made of it.</summary>
internal static class UndoneNote
{
    /// <summary>How its line begins.</summary>
    public const string Prefix = "Undone: ";

    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Writes it, where the run left anything: a run whose process lives, or that has a record already, needs none.</summary>
    /// <param name="journal">The fault journal of the run.</param>
    /// <param name="fault">What was undone.</param>
    /// <param name="by">By whom, such as <c>the watchdog</c>.</param>
    /// <param name="at">When.</param>
    public static async Task WriteAsync(string journal, string fault, string by, DateTimeOffset at)
    {
        var path = journal[..^FaultJournal.Suffix.Length] + FaultJournal.RunSuffix;
        // Reverts run side by side, and each has a line of its own.
        for (var attempt = 0; attempt < Attempts && !TryWrite(path, $"{Prefix}'{fault.ReplaceLineEndings(" ")}' at {at.UtcDateTime:HH:mm:ss} UTC by {by}\n"); attempt++)
        {
            await Task.Delay(Pause).ConfigureAwait(false);
        }
    }

    private static bool TryWrite(string path, string line)
    {
        try
        {
            // When it was last written is when the run was last seen.
            var seen = File.GetLastWriteTimeUtc(path);
            using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                file.Seek(0, SeekOrigin.End);
                file.Write(Encoding.UTF8.GetBytes(line));
            }

            File.SetLastWriteTimeUtc(path, seen);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is FileNotFoundException or DirectoryNotFoundException;
        }
    }
}
