using System.Xml.Linq;

namespace ChaosHarness.Tool.Drills;

/// <summary>A file of run settings with the name of a kind of drill.</summary>
internal static class DrillProfile
{
    private const string Folder = "runsettings";
    private const string Ending = ".runsettings";

    /// <summary>Where a profile has its fault journals; null when it does not say.</summary>
    public static string? FaultJournals(string file)
    {
        var told = XDocument.Load(file).Descendants("Parameter").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == "Chaos.FaultJournalFolder")?.Attribute("value")?.Value;
        return told is { Length: > 0 } ? Path.GetFullPath(told, Workspace.Current.Folder) : null;
    }

    /// <summary>The file of a profile, in the folder <c>runsettings</c> of the repository or beside the project.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static string Find(Workspace workspace, TestProject project, string name)
    {
        string[] folders = [Path.Combine(workspace.Folder, Folder), Path.Combine(Path.GetDirectoryName(project.Path)!, Folder)];
        if (name == Path.GetFileName(name) && folders.Select(folder => Path.Combine(folder, name + Ending)).FirstOrDefault(File.Exists) is { } found)
        {
            return found;
        }

        var known = folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Ending)).Select(Path.GetFileNameWithoutExtension).Distinct().Order(StringComparer.Ordinal).ToList();
        throw new UsageException(known.Count > 0
            ? $"There is no profile '{name}'. There are: {string.Join(' ', known)}"
            : $"There is no profile '{name}', as {Path.Combine(workspace.Folder, Folder)} holds none. `chaos init` writes them.");
    }
}
