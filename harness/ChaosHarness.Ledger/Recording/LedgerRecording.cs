using ChaosHarness.Experiments;

namespace ChaosHarness.Ledger.Recording;

/// <summary>Keeps the history of the runs of an assembly of tests, where <c>Chaos.Ledger</c> or <c>CHAOSHARNESS_LEDGER</c> says, or in <see cref="LedgerAddress.Default"/>.</summary>
public sealed class LedgerRecording : IRecorderFactory
{
    /// <inheritdoc/>
    public IExperimentRecorder Create(RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new LedgerRecorder(() => LedgerAddress.Parse(settings.Ledger, settings.BaseFolder), settings.JournalFolder, settings.Warn);
    }
}
