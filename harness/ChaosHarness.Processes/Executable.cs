using ChaosHarness.Experiments;

namespace ChaosHarness.Processes;

/// <summary>Finds the programs that the sample system needs.</summary>
internal static class Executable
{
    /// <summary>Finds a program in folders, then on PATH unless only the folders count.</summary>
    /// <exception cref="NotRunException">It is nowhere; says where it was looked for and how to install it.</exception>
    public static string Find(string program, IReadOnlyList<string> folders, string package, bool alsoOnPath = true, string otherwise = "or './run drill', which does")
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        // Debian keeps servers where the PATH of ordinary users does not look.
        string[] places = alsoOnPath ? [.. folders, .. path, "/usr/sbin", "/usr/local/sbin"] : [.. folders];
        return places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists)
            ?? throw new NotRunException(
                $"the program '{program}' was not found in {string.Join(", ", places.Distinct())}. Install it: apt-get install {package} ({otherwise}).");
    }
}
