using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Reports.Audits;

/// <summary>Where a run stands in the chain of a ledger, and whether that is as it was written.</summary>
/// <param name="Ledger">The ledger, without secrets.</param>
/// <param name="Run">Its place; null when it is not in the ledger.</param>
/// <param name="Chain">What a walk along the chain found.</param>
internal sealed record LedgerPlace(string Ledger, ChainedRun? Run, ChainReport Chain)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    /// <exception cref="FormatException">The record has an outcome that there is not.</exception>
    public static async Task<LedgerPlace> FindAsync(RunLedger ledger, Experiments.RunRecord record, CancellationToken cancellationToken) => new(
        ledger.Address.Shown,
        await LedgerChain.FindAsync(ledger, RunReader.Read(record), cancellationToken).ConfigureAwait(false),
        await LedgerChain.VerifyAsync(ledger, null, cancellationToken).ConfigureAwait(false));
}
