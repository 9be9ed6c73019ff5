using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Safety;

namespace ChaosHarness.Ledger.Recording;

/// <summary>
/// Keeps the history of the runs of an assembly of tests, where <c>Chaos.Ledger</c> or <c>CHAOSHARNESS_LEDGER</c> says, or in <see cref="LedgerAddress.Default"/>.
/// A ledger that machines share also sees to it that one of them at a time breaks a system that all of them reach.
/// </summary>
public sealed class LedgerRecording : IRecorderFactory, ILeaseFactory
{
    /// <inheritdoc/>
    public IExperimentRecorder Create(RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new LedgerRecorder(() => LedgerAddress.Parse(settings.Ledger, settings.BaseFolder), settings.JournalFolder, settings.Warn);
    }

    /// <inheritdoc/>
    public ISystemLease? CreateLease(RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return MayBeShared(settings) ? new LedgerLease(() => LedgerAddress.Parse(settings.Ledger, settings.BaseFolder)) : null;
    }

    // An address that nobody can read may be a shared one: the lease then says what is wrong with it, to those who would need it.
    private static bool MayBeShared(RecorderSettings settings)
    {
        try
        {
            return LedgerAddress.Parse(settings.Ledger, settings.BaseFolder).IsShared;
        }
        catch (LedgerException)
        {
            return true;
        }
    }
}
