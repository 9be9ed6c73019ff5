using ChaosHarness.Origins;
using ChaosHarness.Safety;
using ChaosHarness.Tool.Drills;

namespace ChaosHarness.Tool;

/// <summary>The repository that a command works in, and where its tests and drills keep what they leave.</summary>
/// <param name="Folder">Its folder.</param>
internal sealed record Workspace(string Folder)
{
    // A sharing or a lock violation of Windows; would block, of Linux and of macOS.
    private static readonly int[] LockedErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];

    private static Workspace? s_current;

    /// <summary>The one that this command works in: that of where it was started, or of the only project of experiments below.</summary>
    public static Workspace Current => s_current ??= Find(Environment.CurrentDirectory);

    /// <summary>The one that tests of a project leave their results in, whoever runs them; it is the current one from now on.</summary>
    public static Workspace TurnTo(TestProject project) => s_current = Of(project);

    /// <summary>Every one that somebody who is here may mean: the current one, and those that tests below it take for theirs.</summary>
    public static IReadOnlyList<Workspace> Here => [.. TestProject.Below(Current.Folder).Select(project => Of(new TestProject(project))).Prepend(Current).DistinctBy(workspace => workspace.Folder)];

    /// <summary>The one of a folder.</summary>
    public static Workspace Find(string folder)
    {
        var found = BaseFolder.Of(folder);
        var holds = new DirectoryInfo(found);
        // Where there is neither a repository nor a project, tests below take their project's folder for it.
        return found == folder && holds.Exists && holds.Parent is not null && !Path.Exists(Path.Combine(found, ".git")) && !holds.EnumerateFiles("*.sln*").Any() && TestProject.Below(folder) is [var only]
            ? Of(new TestProject(only))
            : new Workspace(found);
    }

    public string Artifacts => Path.Combine(Folder, "artifacts");

    public string Sessions => Path.Combine(Artifacts, "sessions");

    /// <summary>The order to halt for all who work in this repository.</summary>
    public string HaltFile => Path.Combine(Artifacts, HaltOrder.FileName);

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
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Artifacts);
                return new FileStream(Path.Combine(Artifacts, $".{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (LockedErrors.Contains(exception.HResult))
            {
                await Task.Delay(200, cancellationToken).ConfigureAwait(false);
            }
            catch (UnauthorizedAccessException)
            {
                // Where this user may write nothing there is nobody to wait for; whatever has to be written there says so itself.
                return new MemoryStream();
            }
        }
    }

    private static Workspace Of(TestProject project) => new(BaseFolder.Of(Path.GetDirectoryName(project.Path)!));
}
