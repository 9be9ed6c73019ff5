namespace ChaosHarness.Origins;

/// <summary>The folder that relative paths of settings are meant from, and below which runs leave what they leave: the same for tests deep in <c>bin</c> and for a command at the top.</summary>
public static class BaseFolder
{
    /// <summary>Finds it.</summary>
    /// <param name="folder">Where somebody is.</param>
    /// <returns>The nearest folder above with a solution; or else with a repository; or else with a project; or else the folder itself.</returns>
    public static string Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Nearest(folder, at => at.EnumerateFiles("*.sln*").Any())
            ?? Nearest(folder, at => Path.Exists(Path.Combine(at.FullName, ".git")))
            ?? Nearest(folder, at => at.EnumerateFiles("*.*proj").Any())
            ?? folder;
    }

    private static string? Nearest(string folder, Func<DirectoryInfo, bool> isIt)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && isIt(at))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
