using System.Globalization;
using System.Text.Json;
using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>What pgBackRest keeps.</summary>
/// <param name="Stanza">Which database, as its configuration names it.</param>
public sealed record PgBackRest(string Stanza) : IPostgresBackup
{
    /// <summary>Its configuration.</summary>
    /// <value>Default: null, where it looks by itself.</value>
    public string? Configuration { get; init; }

    /// <summary>The user that it runs as; null for the one that the copy runs as.</summary>
    /// <value>Default: null.</value>
    public string? User { get; init; }

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

        var backups = Read(info.Output).ToList();
        return backups.Where(backup => moment is null || backup.Finished <= moment).MaxBy(backup => backup.Finished)
            ?? throw new InvalidOperationException(backups.Count == 0
                ? $"pgBackRest has no whole backup of stanza {Stanza}"
                : string.Create(CultureInfo.InvariantCulture, $"none of pgBackRest's {backups.Count} backups of stanza {Stanza} was complete by {moment!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
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
                yield return new FoundBackup(backup.GetProperty("label").GetString()!, DateTimeOffset.FromUnixTimeSeconds(backup.GetProperty("timestamp").GetProperty("stop").GetInt64()));
            }
        }
    }

    private IEnumerable<FoundBackup> Read(string info)
    {
        try
        {
            return [.. Read(info, Stanza)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidOperationException($"pgbackrest info wrote what is not understood: {exception.Message}", exception);
        }
    }

    private HostCommand Command(string? user, IReadOnlyList<string> words)
    {
        IReadOnlyList<string> all = ["pgbackrest", .. Configuration is { } file ? [$"--config={file}"] : Array.Empty<string>(), $"--stanza={Stanza}", "--log-level-console=warn", "--log-level-file=off", .. words];
        return CopyCommand.Of(User ?? user, all);
    }

    private static string Last(string text) => text.Trim() is { Length: > 500 } longer ? longer[^500..] : text.Trim();
}
