namespace ChaosHarness.Safety;

/// <summary>Whether a process has a file for itself: the operating system takes that away when it dies, however it does.</summary>
internal static class FileLock
{
    /// <summary>Looks at a file.</summary>
    /// <returns>Whether somebody has it; null where there is no such file.</returns>
    public static bool? IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception is FileNotFoundException or DirectoryNotFoundException ? null : true;
        }
    }
}
