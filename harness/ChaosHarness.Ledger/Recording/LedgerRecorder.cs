using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Importing;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Recording;

/// <summary>
/// Appends each run to a ledger. A ledger that cannot be reached is told and never makes a run fail: the journal of the run stays in its folder,
/// and the first run of a later process imports it. One that could not be opened is left alone for a minute, so that a drill does not wait for it
/// once a run.
/// </summary>
/// <param name="address">Where the ledger is.</param>
/// <param name="journalFolder">Where journals of runs wait that it does not have; null for none.</param>
/// <param name="warn">Tells people what went wrong.</param>
/// <param name="time">Where time comes from; null for the system.</param>
public sealed class LedgerRecorder(Func<LedgerAddress> address, string? journalFolder, Action<string> warn, TimeProvider? time = null) : IExperimentRecorder, IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private RunLedger? _ledger;
    private (long At, LedgerException Problem)? _failure;

    /// <inheritdoc/>
    public async ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        try
        {
            var ledger = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await ledger.AppendAsync(RunReader.Read(result), cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException exception)
        {
            warn($"Run {result.RunId} is not in the ledger{WhatIsKept(result)}. {exception.Message}");
        }
    }

    private string WhatIsKept(RunRecord result) => journalFolder is null ? ""
        : File.Exists(Path.Combine(journalFolder, result.RunId + Journal.Suffix)) ? " yet; its journal is kept and will be imported"
        : $" and will not come to it, as {journalFolder} has no journal of it";

    /// <inheritdoc/>
    public void Dispose() => _opening.Dispose();

    private async Task<RunLedger> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_failure is { } failure && _time.GetElapsedTime(failure.At) < Rest)
            {
                throw failure.Problem;
            }

            return _ledger ??= await OpenAndImportAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException exception)
        {
            _failure ??= (_time.GetTimestamp(), exception);
            throw;
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<RunLedger> OpenAndImportAsync(CancellationToken cancellationToken)
    {
        _failure = null;
        var ledger = await RunLedger.OpenAsync(address(), null, cancellationToken).ConfigureAwait(false);
        if (journalFolder is not null)
        {
            var report = await JournalImport.RunAsync(ledger, journalFolder, cancellationToken).ConfigureAwait(false);
            if (report.Skipped.Count > 0)
            {
                warn($"{report.Skipped.Count} journals in {journalFolder} cannot be imported, the first is {Path.GetFileName(report.Skipped[0].Path)}: {report.Skipped[0].Reason}");
            }
        }

        return ledger;
    }
}
