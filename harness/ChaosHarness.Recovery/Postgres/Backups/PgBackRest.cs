using System.Text.Json;
using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>What pgBackRest keeps.</summary>
/// <param name="Stanza">Which database, as its configuration names it.</param>
public sealed record PgBackRest(string Stanza) : ICopiedBackup
{
    /// <summary>Its configuration.</summary>
    /// <value>Default: null, where it looks by itself.</value>
    public string? Configuration { get; init; }

    /// <summary>The user that it runs as; null for the one that the copy runs as.</summary>
    /// <value>Default: null.</value>
    public string? User { get; init; }

    /// <summary>The folder of its repository: what it keeps is read there, and not where its configuration says.</summary>
    /// <value>Default: null, where its configuration says. Named where a copy of it is to be made.</value>
    public string? Repository { get; init; }

    /// <summary>The passphrase of its repository, told by its environment, where no list of processes shows it.</summary>
    internal string? Passphrase { get; init; }

    /// <inheritdoc/>
    public string Name => "pgBackRest";

    /// <inheritdoc/>
    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        var version = await new LocalHost().RunAsync(new HostCommand("pgbackrest", "version"), cancellationToken).ConfigureAwait(false);
        return version.IsSuccess ? null : "there is no pgbackrest here: install it where the restore is made";
    }

    /// <inheritdoc/>
    public async ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        var info = await new LocalHost().RunAsync(Command(PostgresPlace.UsualUser, ["--output=json", "info"]) with { MostOutput = 16 * 1024 * 1024 }, cancellationToken).ConfigureAwait(false);
        if (!info.IsSuccess || info.IsOutputCut)
        {
            throw new InvalidOperationException($"pgbackrest info: {(info.IsOutputCut ? "more than 16 MiB of backups" : (info.Error + info.Output).Trim())}");
        }

        return FoundBackups.Newest(FoundBackups.Read("pgbackrest info (with the right passphrase, if its repository is encrypted?)", () => Read(info.Output, Stanza)), moment, $"pgBackRest's backups of stanza {Stanza}");
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ArgumentNullException.ThrowIfNull(place);
        IReadOnlyList<string> target = moment is { } at ? ["--type=time", $"--target={RecoverySettings.Text(at)}", "--target-action=promote"] : ["--type=default"];
        // It may not archive what the copy does, and writes itself how the log is fetched.
        var result = await new LocalHost().RunAsync(Command(place.User, [$"--set={backup.Label}", $"--pg1-path={place.Data}", "--archive-mode=off", .. target, "restore"]) with { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? new Dictionary<string, string>() : throw new InvalidOperationException($"pgbackrest restore: {Last(result.Output + result.Error)}");
    }

    /// <inheritdoc/>
    public async ValueTask<ICopiedBackup> CopyAsync(FoundBackup backup, string folder, CancellationToken cancellationToken)
    {
        if (Repository is null)
        {
            throw new InvalidOperationException("name the folder of the repository to have a copy of it broken: PgBackRest.Repository");
        }

        var copy = Path.Combine(folder, "repository");
        var result = await new LocalHost().RunAsync(new HostCommand("cp", "-aH", Repository, copy) with { Limit = CopyCommand.Long }, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess ? this with { Repository = copy } : throw new InvalidOperationException($"copying {Repository}: {CopyCommand.Words(result.Error)}");
    }

    internal static IEnumerable<FoundBackup> Read(string info, string stanza)
    {
        using var read = JsonDocument.Parse(info);
        foreach (var found in read.RootElement.EnumerateArray().Where(entry => entry.GetProperty("name").GetString() == stanza))
        {
            if (!found.TryGetProperty("backup", out var backups))
            {
                continue;
            }

            foreach (var backup in backups.EnumerateArray().Where(backup => !(backup.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.True)))
            {
                yield return new FoundBackup(backup.GetProperty("label").GetString()!, DateTimeOffset.FromUnixTimeSeconds(backup.GetProperty("timestamp").GetProperty("stop").GetInt64()))
                {
                    Size = backup.TryGetProperty("info", out var sizes) && sizes.TryGetProperty("size", out var size) ? size.GetInt64() : 0,
                };
            }
        }
    }

    private HostCommand Command(string? user, IReadOnlyList<string> words)
    {
        IReadOnlyList<string> all = [.. Passphrase is { } key ? ["env", $"PGBACKREST_REPO1_CIPHER_PASS={key}"] : Array.Empty<string>(), "pgbackrest", .. Configuration is { } file ? [$"--config={file}"] : Array.Empty<string>(), .. Repository is { } folder ? [$"--repo1-path={folder}"] : Array.Empty<string>(), $"--stanza={Stanza}", "--log-level-console=warn", "--log-level-file=off", .. words];
        return CopyCommand.Of(User ?? user, all);
    }

    // What it could not do it says last, one line a file.
    private static string Last(string text)
    {
        var said = string.Join(' ', text.Split('\n').Where(line => !line.StartsWith("WARN: unknown ", StringComparison.Ordinal)).SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return said.Length > 500 ? said[^500..] : said;
    }
}
