namespace ChaosHarness.Journals;

/// <summary>Where the runs of a profile leave their journals: in one folder for all sessions, as what a ledger has not taken in yet waits there.</summary>
public static class JournalFolder
{
    /// <summary>Finds it.</summary>
    /// <param name="baseFolder">The folder that relative paths are meant from.</param>
    /// <param name="results">The folder of results, when a profile names one: journals go along. Null or empty for none.</param>
    /// <returns>Its path.</returns>
    public static string Of(string baseFolder, string? results)
    {
        ArgumentNullException.ThrowIfNull(baseFolder);
        var artifacts = string.IsNullOrEmpty(results) ? Path.Combine(baseFolder, "artifacts") : Path.GetDirectoryName(Path.GetFullPath(results, baseFolder))!;
        return Path.Combine(artifacts, "journals");
    }
}
