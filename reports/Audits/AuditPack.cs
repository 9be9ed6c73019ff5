using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Journals;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>A folder with all that is kept of a run, as a whole or not at all.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="ManifestSha256">The hash of its manifest, which is written down elsewhere by who wants to be sure of it.</param>
/// <param name="Missing">What is not in it that usually is, and why.</param>
internal sealed record AuditPack(string Folder, string ManifestSha256, IReadOnlyList<string> Missing)
{
    public const string Page = "audit.html";
    public const string Paper = "audit.pdf";

    /// <summary>How the page of a board is called that is kept beside a journal.</summary>
    public const string BoardSuffix = ".board.html";

    /// <summary>Writes a pack.</summary>
    /// <param name="folder">Where it will be; nothing may be there.</param>
    /// <param name="audited">The run.</param>
    /// <param name="journal">The journal, as it was read.</param>
    /// <param name="beside">The folder of the journal, in which boards and retrospectives are kept.</param>
    /// <param name="cancellationToken">Ends the writing, of which nothing is left then.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public static async Task<AuditPack> WriteAsync(string folder, AuditedRun audited, ReadOnlyMemory<byte> journal, string beside, CancellationToken cancellationToken)
    {
        var partial = Directory.CreateDirectory($"{folder}.{Guid.NewGuid():N}.partial").FullName;
        try
        {
            var pack = await FillAsync(partial, audited, journal, beside, cancellationToken).ConfigureAwait(false);
            Directory.Move(partial, folder);
            return pack with { Folder = folder };
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    private static async Task<AuditPack> FillAsync(string folder, AuditedRun audited, ReadOnlyMemory<byte> journal, string beside, CancellationToken cancellationToken)
    {
        var run = audited.Drilled.Record;
        await File.WriteAllBytesAsync(Path.Combine(folder, run.RunId + Journal.Suffix), journal, cancellationToken).ConfigureAwait(false);
        // What people wrote into one counts more than one that is written now.
        await RetrospectiveFiles.In(folder, run.RunId).WriteAsync(audited.Drilled, cancellationToken).ConfigureAwait(false);
        foreach (var kept in RetrospectiveFiles.In(beside, run.RunId).Existing.Append(Path.Combine(beside, run.RunId + BoardSuffix)).Where(File.Exists))
        {
            File.Copy(kept, Path.Combine(folder, Path.GetFileName(kept)), overwrite: true);
        }

        if (run.Plan is { } plan)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, PlanSection.TextFile), plan.Text(), new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        }

        if (run.LostWrites.Count > 0)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, DataSection.LostWritesFile), LostWritesCsv.Write(audited.Drilled), new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        }

        var page = Path.Combine(folder, Page);
        var paper = AuditPaper.Of(audited with { Files = await FilesAsync(folder, cancellationToken).ConfigureAwait(false) });
        await File.WriteAllTextAsync(page, PaperPage.Write(paper), new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> missing = await PaperCopy.PrintAsync(page, Path.Combine(folder, Paper), cancellationToken).ConfigureAwait(false) is { } problem
            ? [$"{Paper}: {problem}. {Page} says the same, and any browser prints it on A4."]
            : [];
        var manifest = new Manifest(Manifest.CurrentSchema, run.RunId, audited.Drilled.Now, audited.WrittenBy, missing, await FilesAsync(folder, cancellationToken).ConfigureAwait(false)).Write();
        await File.WriteAllBytesAsync(Path.Combine(folder, Manifest.FileName), manifest, cancellationToken).ConfigureAwait(false);
        return new AuditPack(folder, Convert.ToHexStringLower(SHA256.HashData(manifest)), missing);
    }

    private static async Task<IReadOnlyList<ManifestFile>> FilesAsync(string folder, CancellationToken cancellationToken)
    {
        var files = new List<ManifestFile>();
        foreach (var path in ManifestFile.In(folder))
        {
            files.Add(await ManifestFile.ReadAsync(folder, path, cancellationToken).ConfigureAwait(false));
        }

        return files;
    }
}
