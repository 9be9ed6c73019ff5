using System.Globalization;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Places;
using ChaosHarness.Safety;

namespace ChaosHarness.Recovery.Files;

/// <summary>Files that some program restores to a folder of its own, and that are held against a manifest of what was backed up.</summary>
/// <param name="name">What keeps them, such as <c>restic</c>.</param>
/// <param name="fetch">The command that fills a folder, given its path: such as <c>folder => new HostCommand("tar", "-xf", "/backups/files.tar", "-C", folder)</c>. Never with a secret.</param>
/// <param name="manifest">The file of the manifest, as <see cref="FileManifest.WriteAsync"/> wrote it when the backup was taken.</param>
/// <param name="folder">Where the copy goes.</param>
public sealed class FilesRestore(string name, Func<string, HostCommand> fetch, string manifest, string folder) : FolderRestore(folder)
{
    private const int MostNamed = 5;

    /// <summary>Programs that look at the copy, by what they look at; all is well when one ends with 0. It is the last argument of each.</summary>
    public IReadOnlyDictionary<string, HostCommand> Checks { get; init; } = new Dictionary<string, HostCommand>();

    /// <inheritdoc/>
    public override string Description => $"restore {name}";

    /// <inheritdoc/>
    private protected override ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(File.Exists(manifest) ? null : $"there is no manifest {manifest}: write one when the backup is taken, with FileManifest.OfAsync and WriteAsync");

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var wanted = await notes.PhaseAsync("find", async () =>
        {
            var found = await FileManifest.ReadAsync(manifest, cancellationToken).ConfigureAwait(false);
            RequireYoung(name, found.Taken, DateTimeOffset.UtcNow);
            return found;
        }).ConfigureAwait(false);
        await notes.PhaseAsync("fetch", async () =>
        {
            await MakeAsync(null, cancellationToken).ConfigureAwait(false);
            await RequireAsync(fetch(Data) with { Limit = TimeSpan.FromHours(6) }, $"restoring {name}", cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        await notes.PhaseAsync("verify", async () =>
        {
            await notes.CheckAsync("files as in the manifest", token => LookAsync(wanted, token), cancellationToken).ConfigureAwait(false);
            foreach (var (what, program) in Checks)
            {
                await notes.CheckAsync(what, async token => await Host.RunAsync(program with { Arguments = [.. program.Arguments, Data] }, token).ConfigureAwait(false) is var result && result.IsSuccess ? (true, "exit code 0") : (false, result.ToString()), cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async ValueTask<(bool Passed, string Detail)> LookAsync(FileManifest wanted, CancellationToken cancellationToken)
    {
        var differences = await wanted.CompareAsync(Data, cancellationToken).ConfigureAwait(false);
        return (
            differences.Count == 0 && wanted.Files.Count > 0,
            differences.Count == 0 && wanted.Files.Count == 0 ? "there was nothing when the manifest was written"
            : differences.Count == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{wanted.Files.Count} files, {wanted.Files.Values.Sum(file => file.Size)} bytes")
                : string.Create(CultureInfo.InvariantCulture, $"{differences.Count} differ: {string.Join(", ", differences.Take(MostNamed).Select(entry => $"{entry.Key} ({entry.Value})"))}"));
    }
}
