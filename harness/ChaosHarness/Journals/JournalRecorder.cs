using ChaosHarness.Experiments;

namespace ChaosHarness.Journals;

/// <summary>Writes the journal of each run to a folder, as a whole or not at all.</summary>
/// <param name="folder">Created if missing; the file is called after the run's id.</param>
public sealed class JournalRecorder(string folder) : IExperimentRecorder
{
    /// <inheritdoc/>
    public async ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, result.RunId + Journal.Suffix);
        var partial = path + ".partial";
        await File.WriteAllBytesAsync(partial, Journal.Write(result), cancellationToken).ConfigureAwait(false);
        File.Move(partial, path, overwrite: true);
    }
}
