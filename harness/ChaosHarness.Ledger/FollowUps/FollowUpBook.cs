using System.Data.Common;
using System.Globalization;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>
/// The findings that a ledger keeps: what runs showed that has to be mended. Opening one and everything that becomes of it is in the chain of the ledger,
/// so that a change of it is noticed. A run that is appended closes those that it proves mended, and opens those again that fail after they were closed by a run.
/// </summary>
public static class FollowUpBook
{
    /// <summary>Reads all of them.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The findings, by number.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<IReadOnlyList<FollowUp>> ReadAsync(RunLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.AskAsOfNowAsync<IReadOnlyList<FollowUp>>(
            async (connection, transaction) =>
            {
                var followUps = new List<FollowUp>();
                foreach (var followUp in await FollowUpQuery.ReadAsync(connection, transaction, "", new { }, cancellationToken).ConfigureAwait(false))
                {
                    followUps.Add(await WithProofAsync(connection, transaction, followUp, cancellationToken).ConfigureAwait(false));
                }

                return followUps;
            },
            cancellationToken);
    }

    /// <summary>Those that still have to be mended, in the order in which somebody had better see to them.</summary>
    /// <param name="followUps">Findings.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>The open ones: those that are late first, then the worst, then those that are due first.</returns>
    public static IReadOnlyList<FollowUp> MostUrgentFirst(IEnumerable<FollowUp> followUps, DateTimeOffset now) =>
        [.. followUps.Where(followUp => followUp.IsOpen).OrderByDescending(followUp => followUp.IsOverdue(now)).ThenByDescending(followUp => followUp.Severity).ThenBy(followUp => followUp.Due).ThenBy(followUp => followUp.Number)];

    /// <summary>Opens one.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="opened">The finding.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The finding, or why it was not opened.</returns>
    /// <exception cref="ArgumentException">It has no text, no owner, or nobody who opens it.</exception>
    /// <exception cref="LedgerException">The ledger could not be written.</exception>
    public static Task<FollowUpResult> OpenAsync(RunLedger ledger, NewFollowUp opened, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(opened);
        var (text, owner, person) = (Required(opened.Text, "a text"), Required(opened.Owner, "an owner"), Required(opened.OpenedBy, "somebody who opens it"));
        return ledger.WriteAsync(
            async (connection, transaction, chain) =>
            {
                if (await RunAsync(ledger, opened.RunId, cancellationToken).ConfigureAwait(false) is not { } run)
                {
                    return new FollowUpResult(null, Unknown(ledger, opened.RunId));
                }

                var number = await FollowUpTables.FollowUps.WriteAsync(
                    connection,
                    transaction,
                    chain,
                    [
                        run.RunId, run.StartedAt.ToUnixTimeMilliseconds(), run.ExperimentId, run.Name, run.Parameters, run.System, run.Environment,
                        text, opened.Severity.ToString(), owner, opened.Due.ToString(FollowUpRow.DueForm, CultureInfo.InvariantCulture),
                        string.IsNullOrWhiteSpace(opened.ProvedBy) ? run.ExperimentId : LedgerText.Cut(opened.ProvedBy.Trim()), opened.ClosesItself ? 1L : 0L, ledger.WallClock.ToUnixTimeMilliseconds(), person,
                    ],
                    cancellationToken).ConfigureAwait(false);
                return new FollowUpResult(await FindAsync(connection, transaction, number, cancellationToken).ConfigureAwait(false), null);
            },
            cancellationToken);
    }

    /// <summary>Closes one by a run that proves it mended: later than the one that showed it, of the experiment that proves it, on the same system, and passed, with none after it that failed.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="number">The number of the finding.</param>
    /// <param name="runId">The run.</param>
    /// <param name="person">Who closes it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The finding, and why it was not closed where it was not.</returns>
    /// <exception cref="LedgerException">The ledger could not be written.</exception>
    public static Task<FollowUpResult> CloseByRunAsync(RunLedger ledger, long number, string runId, string person, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(runId);
        var who = Required(person, "somebody who closes it");
        return CloseAsync(
            ledger,
            number,
            new FollowUpEvent(ledger.WallClock, FollowUpEventKind.ClosedByRun, runId, who, null),
            async (connection, transaction, followUp) =>
            {
                if (await RunAsync(ledger, runId, cancellationToken).ConfigureAwait(false) is not { } run)
                {
                    return Unknown(ledger, runId);
                }

                var latest = await FollowUpQuery.LatestWordAsync(connection, transaction, followUp, cancellationToken).ConfigureAwait(false);
                return followUp.WhyNotProvedBy(run) ?? (latest is { HasPassed: false } ? $"run {latest.RunId}, which began later than run {runId}, failed" : null);
            },
            cancellationToken);
    }

    /// <summary>Closes one without a run that proves it mended: a risk that somebody accepts. A run that fails later does not open it again.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="number">The number of the finding.</param>
    /// <param name="person">Who accepts it.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The finding, and why it was not closed where it was not.</returns>
    /// <exception cref="ArgumentException">Nobody accepts it, or there is no reason.</exception>
    /// <exception cref="LedgerException">The ledger could not be written.</exception>
    public static Task<FollowUpResult> CloseByPersonAsync(RunLedger ledger, long number, string person, string why, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return CloseAsync(ledger, number, new FollowUpEvent(ledger.WallClock, FollowUpEventKind.ClosedByPerson, null, Required(person, "somebody who accepts it"), Required(why, "a reason")), (_, _, _) => Task.FromResult<string?>(null), cancellationToken);
    }

    private static Task<FollowUpResult> CloseAsync(RunLedger ledger, long number, FollowUpEvent closed, Func<DbConnection, DbTransaction, FollowUp, Task<string?>> whyNot, CancellationToken cancellationToken) => ledger.WriteAsync(
        async (connection, transaction, chain) =>
        {
            if (await FindAsync(connection, transaction, number, cancellationToken).ConfigureAwait(false) is not { } followUp)
            {
                return new FollowUpResult(null, $"{ledger.Address} has no finding {RecordedTable.Id(number)}: `chaos findings` lists them");
            }

            var refusal = followUp.IsOpen ? await whyNot(connection, transaction, followUp).ConfigureAwait(false) : $"{followUp.Id} is closed already: {followUp.History[^1]}";
            if (refusal is not null)
            {
                return new FollowUpResult(followUp, refusal);
            }

            await FollowUpJudgement.AddAsync(connection, transaction, chain, followUp, closed, cancellationToken).ConfigureAwait(false);
            return new FollowUpResult(await FindAsync(connection, transaction, number, cancellationToken).ConfigureAwait(false), null);
        },
        cancellationToken);

    private static async Task<FollowUp?> FindAsync(DbConnection connection, DbTransaction transaction, long number, CancellationToken cancellationToken) =>
        (await FollowUpQuery.ReadAsync(connection, transaction, "WHERE follow_up_no = @number", new { number }, cancellationToken).ConfigureAwait(false)) is [var found] ? await WithProofAsync(connection, transaction, found, cancellationToken).ConfigureAwait(false) : null;

    private static async Task<FollowUp> WithProofAsync(DbConnection connection, DbTransaction transaction, FollowUp followUp, CancellationToken cancellationToken) => !followUp.IsOpen
        ? followUp
        : followUp with { Proof = await FollowUpQuery.LatestWordAsync(connection, transaction, followUp, cancellationToken).ConfigureAwait(false) is { HasPassed: true } word ? word.RunId : null };

    // Runs are never changed, so that it does not matter by which connection they are read.
    private static async Task<LedgerRun?> RunAsync(RunLedger ledger, string runId, CancellationToken cancellationToken) =>
        (await ledger.RunsAsync("WHERE run_id = @runId", new { runId }, cancellationToken).ConfigureAwait(false)) is [var run] ? run : null;

    private static string Unknown(RunLedger ledger, string runId) => $"{ledger.Address} has no run '{runId}': the scorecard and `chaos ledger export` have their ids";

    private static string Required(string? text, string what) => LedgerText.Cut(text?.Trim() ?? "") is { Length: > 0 } given ? given : throw new ArgumentException($"A finding needs {what}.");
}
