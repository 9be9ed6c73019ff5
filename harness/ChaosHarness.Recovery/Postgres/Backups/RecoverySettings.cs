using System.Globalization;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>What PostgreSQL is told of where recovery ends.</summary>
internal static class RecoverySettings
{
    public static IReadOnlyDictionary<string, string> To(DateTimeOffset? moment)
    {
        var settings = new Dictionary<string, string> { ["recovery_target_action"] = "promote", ["recovery_target_timeline"] = "latest" };
        if (moment is { } at)
        {
            settings["recovery_target_time"] = Text(at);
        }

        return settings;
    }

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "+00";
}
