using System.Globalization;

namespace ChaosHarness.Processes.Postgres;

/// <summary>What a primary says of its standbys.</summary>
/// <param name="WaitsFor">What it waits for before it acknowledges a write, as it is set; empty when for nobody.</param>
/// <param name="Written">How much it has written to its log, in bytes.</param>
/// <param name="Streaming">The standbys that stream from it, by name.</param>
internal sealed record Replication(string WaitsFor, decimal Written, IReadOnlyDictionary<string, StreamingStandby> Streaming)
{
    /// <summary>Asks for everything in one answer, so that it belongs together.</summary>
    public const string Query =
        """
        SELECT current_setting('synchronous_standby_names') || '|' || pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') || '|' || coalesce(
            (SELECT string_agg(application_name || ':' || sync_state || ':' || pg_wal_lsn_diff(flush_lsn, '0/0'), ',') FROM pg_stat_replication WHERE state = 'streaming' AND flush_lsn IS NOT NULL), '')
        """;

    public static Replication Read(string answer)
    {
        var parts = answer.Split('|');
        var streaming = parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(standby => standby.Split(':'))
            .GroupBy(standby => standby[0])
            // One that came back beside its own old connection is what its latest says.
            .ToDictionary(group => group.Key, group => new StreamingStandby(group.All(standby => standby[1] == "sync"), group.Max(standby => Bytes(standby[2]))));
        return new Replication(parts[0], Bytes(parts[1]), streaming);
    }

    private static decimal Bytes(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
