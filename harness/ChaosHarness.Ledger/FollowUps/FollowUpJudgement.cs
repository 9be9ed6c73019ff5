using System.Data.Common;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What a run that is appended does to findings: it closes those that it proves mended, and opens those again that were thought to be.</summary>
internal static class FollowUpJudgement
{
    public static async Task JudgeAsync(DbConnection connection, DbTransaction transaction, ChainWriter chain, LedgerRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!run.IsConclusive)
        {
            return;
        }

        foreach (var followUp in await FollowUpQuery.ReadAsync(connection, transaction, "WHERE proved_by = @ExperimentId", new { run.ExperimentId }, cancellationToken).ConfigureAwait(false))
        {
            // Journals come in any order: what a later run says counts, whenever it comes.
            if (Became(followUp, run) is { } kind && (await FollowUpQuery.LatestWordAsync(connection, transaction, followUp, cancellationToken).ConfigureAwait(false))?.RunId == run.RunId)
            {
                await AddAsync(connection, transaction, chain, followUp, new FollowUpEvent(now, kind, run.RunId, null, null), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes what became of a finding.</summary>
    public static Task AddAsync(DbConnection connection, DbTransaction transaction, ChainWriter chain, FollowUp followUp, FollowUpEvent happened, CancellationToken cancellationToken) =>
        FollowUpTables.Events.WriteAsync(connection, transaction, chain, [followUp.Number, happened.At.ToUnixTimeMilliseconds(), happened.Kind.ToString(), happened.RunId, happened.Person, happened.Why], cancellationToken);

    // A run that began before anybody had written the finding down was no try at mending it, as far as anybody knows. A risk that was accepted stays so when it fails.
    private static FollowUpEventKind? Became(FollowUp followUp, LedgerRun run) => followUp switch
    {
        { IsOpen: true, ClosesItself: true } when run.Outcome == Outcome.Passed && run.StartedAt > followUp.OpenedAt => FollowUpEventKind.ClosedByRun,
        { History: [.., { Kind: FollowUpEventKind.ClosedByRun }] } when run.Outcome == Outcome.Failed => FollowUpEventKind.Reopened,
        _ => null,
    };
}
