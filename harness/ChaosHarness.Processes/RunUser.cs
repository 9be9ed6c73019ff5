namespace ChaosHarness.Processes;

/// <summary>The user that servers run as which must not be root.</summary>
internal static class RunUser
{
    /// <summary>Null when this process is not root: then they run as it does.</summary>
    public static string? Unprivileged { get; } = Environment.IsPrivilegedProcess ? FirstOf("postgres", "nobody") : null;

    private static string FirstOf(params string[] names)
    {
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return names.FirstOrDefault(known.Contains)
            ?? throw new TopologyFailedException($"PostgreSQL does not run as root, and there is no user {string.Join(" or ", names)} to run it as.");
    }
}
