using System.Data.Common;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using Dapper;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>Reads findings, and what runs say of them.</summary>
internal static class FollowUpQuery
{
    /// <summary>Findings with their history, by number.</summary>
    public static async Task<IReadOnlyList<FollowUp>> ReadAsync(DbConnection connection, DbTransaction? transaction, string where, object parameters, CancellationToken cancellationToken)
    {
        var rows = (await connection.QueryAsync<FollowUpRow>(new CommandDefinition($"SELECT {FollowUpRow.Selection} FROM follow_ups {where} ORDER BY follow_up_no", parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
        if (rows.Count == 0)
        {
            return [];
        }

        var sql = $"SELECT {FollowUpEventRow.Selection} FROM follow_up_events WHERE follow_up_no IN (SELECT follow_up_no FROM follow_ups {where}) ORDER BY event_no";
        var events = (await connection.QueryAsync<FollowUpEventRow>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false)).ToLookup(row => row.Number);
        return [.. rows.Select(row => row.ToFollowUp([.. events[row.Number].Select(happened => happened.ToEvent())]))];
    }

    /// <summary>The latest run that says whether a finding is mended: later than the one that showed it, and passed or failed; null when there is none.</summary>
    public static Task<LatestWord?> LatestWordAsync(DbConnection connection, DbTransaction? transaction, FollowUp followUp, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT r.run_id AS "RunId", r.started_at AS "StartedAt", k.outcome AS "Outcome"
            FROM runs r JOIN series s ON s.series_no = r.series_no JOIN kinds k ON k.kind_no = r.kind_no
            WHERE s.experiment_id = @ProvedBy AND (@isOther = 1 OR s.parameters = @Parameters) AND (@isAnywhere = 1 OR (s.system = @System AND s.environment = @Environment))
                AND r.started_at > @shownAt AND r.replaced = 0 AND k.outcome IN (@passed, @failed)
            ORDER BY r.started_at DESC, r.run_id DESC LIMIT 1
            """;
        var parameters = new
        {
            followUp.ProvedBy,
            followUp.Parameters,
            followUp.System,
            followUp.Environment,
            isOther = followUp.ProvedBy == followUp.ExperimentId ? 0L : 1L,
            isAnywhere = followUp.System == RunSeries.Unknown ? 1L : 0L,
            shownAt = followUp.ShownAt.ToUnixTimeMilliseconds(),
            passed = nameof(Outcome.Passed),
            failed = nameof(Outcome.Failed),
        };
        return connection.QueryFirstOrDefaultAsync<LatestWord?>(new CommandDefinition(Sql, parameters, transaction, cancellationToken: cancellationToken));
    }
}
