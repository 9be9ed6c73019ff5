namespace ChaosHarness.NUnit;

/// <summary>The test session that this process runs: its results have a folder of their own, so that two sessions in one checkout keep out of each other's way.</summary>
internal static class TestSession
{
    /// <summary>The variable of the environment that names the session, for who starts it and wants to find its results.</summary>
    public const string Variable = "CHAOSHARNESS_SESSION";

    /// <summary>Its name: what the environment says, or the time and a part by chance.</summary>
    public static string Name { get; } = NameOf(Environment.GetEnvironmentVariable(Variable), DateTimeOffset.UtcNow);

    public static string NameOf(string? told, DateTimeOffset now) => told is { Length: > 0 } && Path.GetFileName(told) == told && told.Trim('.').Length > 0
        ? told
        : $"{now.UtcDateTime:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}";
}
