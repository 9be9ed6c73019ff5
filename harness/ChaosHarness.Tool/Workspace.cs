using ChaosHarness.Origins;

namespace ChaosHarness.Tool;

/// <summary>The repository that a command works in, and where its tests and drills keep what they leave.</summary>
/// <param name="Folder">Its folder.</param>
internal sealed record Workspace(string Folder)
{
    // A sharing or a lock violation of Windows; would block, of Linux and of macOS.
    private static readonly int[] LockedErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    /// <summary>The one that this process was started in.</summary>
    public static Workspace Current => new(BaseFolder.Of(Environment.CurrentDirectory));

    public string Artifacts => Path.Combine(Folder, "artifacts");

    public string Sessions => Path.Combine(Artifacts, "sessions");

    public string Report => Path.Combine(Artifacts, "report");

    public string History => Path.Combine(Artifacts, "history");

    /// <summary>A path as messages have it: from where the user is, when it is below.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Waits until no other command of this repository does the same.</summary>
    public async Task<IDisposable> LockAsync(string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Artifacts);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(Artifacts, $".{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (LockedErrors.Contains(exception.HResult))
            {
                await Task.Delay(200, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
