using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>Commands as the user that owns a copy.</summary>
internal static class RunAs
{
    /// <summary>Such as an hour, for what copies whole databases.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromHours(6);

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    public static HostCommand Of(PostgresPlace place, params IReadOnlyList<string> words)
    {
        IReadOnlyList<string> all = place.User is { } user ? ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", "env", "HOME=/", "LC_ALL=C", .. words] : words;
        return HostCommand.Of(all) with { Limit = Short };
    }
}
