namespace ChaosHarness.Safety;

/// <summary>Where what all runs of a user on this machine share is kept.</summary>
internal static class UserFolder
{
    public static string Path { get; } = System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } data ? data : System.IO.Path.GetTempPath(),
        "chaosharness");
}
