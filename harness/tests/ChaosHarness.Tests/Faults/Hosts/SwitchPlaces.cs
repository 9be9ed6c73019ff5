namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>Where a dead man's switch of this machine is.</summary>
internal static class SwitchPlaces
{
    private static readonly string[] Places = ["/run", "/dev/shm", "/tmp", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];

    /// <summary>The folder of the switch that a recipe names; null when it is not armed.</summary>
    public static string? Find(IReadOnlyDictionary<string, string> recipe) =>
        recipe.GetValueOrDefault("switch") is { } name ? Places.Select(place => Path.Combine(place, name)).FirstOrDefault(Directory.Exists) : null;
}
