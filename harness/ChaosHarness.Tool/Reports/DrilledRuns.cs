using ChaosHarness.Experiments;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Tool.Commands;

namespace ChaosHarness.Tool.Reports;

/// <summary>Runs with what the ledger says of them. One that is not there, or cannot be read, is no reason to have nothing.</summary>
internal static class DrilledRuns
{
    /// <summary>Opens the ledger.</summary>
    /// <param name="given">Its address; null for the usual one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The ledger, or why there is none.</returns>
    public static async Task<(RunLedger? Ledger, string? Why)> OpenAsync(string? given, CancellationToken cancellationToken)
    {
        try
        {
            return (await LedgerOption.OpenWrittenAsync(given, cancellationToken).ConfigureAwait(false), null);
        }
        // Whoever names one means it.
        catch (UsageException) when (given is null)
        {
            return (null, $"as there is no ledger at {Workspace.Shown(LedgerOption.Read(given).Shown)}");
        }
        catch (LedgerException exception) when (given is null)
        {
            return (null, $"as the ledger could not be read: {exception.Message}");
        }
    }

    /// <summary>A run with the findings of a ledger.</summary>
    public static async Task<DrilledRun> OfAsync(RunRecord record, RunLedger? ledger, string? why, CancellationToken cancellationToken) =>
        new(record, ledger is null ? null : await FollowUpBook.ReadAsync(ledger, cancellationToken).ConfigureAwait(false), why, DateTimeOffset.UtcNow);
}
