using System.Data;
using ChaosHarness.Ledger.Chains;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>The two tables of findings, and what of them is hashed: all of it.</summary>
internal static class FollowUpTables
{
    public static RecordedTable FollowUps { get; } = new(
        RecordKind.FollowUp,
        "follow_ups",
        "follow_up_no",
        "follow_up_no",
        [
            ("run_id", DbType.String), ("shown_at", DbType.Int64), ("experiment_id", DbType.String), ("experiment_name", DbType.String), ("parameters", DbType.String), ("system", DbType.String), ("environment", DbType.String),
            ("what", DbType.String), ("severity", DbType.String), ("owner", DbType.String), ("due", DbType.String), ("proved_by", DbType.String), ("closes_itself", DbType.Int64), ("opened_at", DbType.Int64), ("opened_by", DbType.String),
        ]);

    public static RecordedTable Events { get; } = new(
        RecordKind.FollowUpEvent,
        "follow_up_events",
        "event_no",
        "follow_up_no",
        [("follow_up_no", DbType.Int64), ("happened_at", DbType.Int64), ("kind", DbType.String), ("run_id", DbType.String), ("person", DbType.String), ("why", DbType.String)]);

    public static IReadOnlyList<RecordedTable> All { get; } = [FollowUps, Events];
}
