namespace ChaosHarness.SystemFiles.Tests;

/// <summary>Files of this checkout.</summary>
internal static class Repository
{
    public static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ChaosHarness.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    public static string Sample => Path.Combine(Folder, "docs", "samples", "system", "system.yaml");
}
