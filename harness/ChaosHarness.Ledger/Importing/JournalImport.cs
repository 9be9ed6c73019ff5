using ChaosHarness.Journals;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Importing;

/// <summary>
/// Brings the runs of a folder of journals into a ledger: those of other machines, and those that could not be written when they ended.
/// It may be done again and again, and by many at once: a run is there once.
/// </summary>
public static class JournalImport
{
    private const int RunsAtOnce = 50;

    /// <summary>Imports a folder.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="folder">The folder; one that does not exist holds no journals.</param>
    /// <param name="cancellationToken">Ends the import; what is in the ledger by then stays.</param>
    /// <returns>What became of them. A journal that cannot be read is skipped, and no reason to fail.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public static async Task<ImportReport> RunAsync(RunLedger ledger, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        if (!Directory.Exists(folder))
        {
            return new ImportReport(0, 0, []);
        }

        // A journal is called after its run, so that those already there need not be opened.
        var files = Directory.EnumerateFiles(folder, "*" + Journal.Suffix).ToDictionary(path => Path.GetFileName(path)[..^Journal.Suffix.Length], StringComparer.Ordinal);
        var known = await ledger.KnownAsync(files.Keys, cancellationToken).ConfigureAwait(false);
        var skipped = new List<SkippedJournal>();
        var imported = 0;
        var read = 0;
        foreach (var batch in files.Where(file => !known.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value).Chunk(RunsAtOnce))
        {
            var entries = batch.Select(path => Read(path, skipped)).OfType<LedgerEntry>().ToList();
            read += entries.Count;
            imported += await ledger.AppendAsync(entries, cancellationToken).ConfigureAwait(false);
        }

        return new ImportReport(imported, known.Count + read - imported, skipped);
    }

    private static LedgerEntry? Read(string path, List<SkippedJournal> skipped)
    {
        try
        {
            return RunReader.Read(Journal.Read(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            skipped.Add(new SkippedJournal(path, exception.Message));
            return null;
        }
    }
}
