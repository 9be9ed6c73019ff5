using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Chains;

/// <summary>
/// The chain of hashes over everything that was appended to a ledger. It shows what was changed, taken out, put in or moved by other means than appending.
/// Whoever may write to the database and makes all hashes anew from some place on, or cuts the end off, is noticed only by a head that was written down elsewhere.
/// </summary>
public static class LedgerChain
{
    /// <summary>Finds the end of the chain.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The end; null when nothing was appended yet.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<LedgerHead?> HeadAsync(RunLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return ledger.AskAsOfNowAsync(
            async (connection, transaction) =>
            {
                LedgerHead? head = null;
                await RecordQuery.ReadAsync(connection, transaction, $"SELECT {RecordRow.Columns} FROM records ORDER BY record_no DESC LIMIT 1", values => head = RecordRow.Of(values).Head, cancellationToken).ConfigureAwait(false);
                return head;
            },
            cancellationToken);
    }

    /// <summary>Finds where a run stands in the chain.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="entry">The run as another record has it, such as its journal read by <see cref="RunReader"/>: it is held against the one that was chained.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Its place; null when the ledger or its chain does not have the run.</returns>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<ChainedRun?> FindAsync(RunLedger ledger, LedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(entry);
        return ledger.AskAsOfNowAsync((connection, transaction) => ChainedRunQuery.FindAsync(connection, transaction, entry, cancellationToken), cancellationToken);
    }

    /// <summary>Walks the chain from its beginning to its end.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="head">The <see cref="LedgerHead.Hash"/> of an earlier end, which has to be in it; null for none.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="FormatException">The head is none.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<ChainReport> VerifyAsync(RunLedger ledger, string? head = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        var given = head?.Trim();
        if (given is not null && (given.Length != 64 || !given.All(char.IsAsciiHexDigit)))
        {
            throw new FormatException($"The head '{head}' is none: it has 64 hexadecimal digits, as `chaos ledger verify` prints them.");
        }

        return ledger.AskAsOfNowAsync((connection, transaction) => new ChainWalk(connection, transaction, given).RunAsync(cancellationToken), cancellationToken);
    }
}
