using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;
using ChaosHarness.Recovery.Postgres.Corruptions;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>
/// A backup of PostgreSQL restored to a moment, in a folder of its own: found, fetched, replayed, looked at, and thrown away with everything that it left.
/// Nothing of the source is written: it is asked for its clock, its number and its roles in transactions that cannot write. Needs Linux.
/// </summary>
/// <param name="backup">What keeps the backups.</param>
/// <param name="source">The database that they are of.</param>
/// <param name="place">Where the copy is brought up.</param>
public sealed class PostgresRestore(IPostgresBackup backup, PostgresSource source, PostgresPlace place) : HostRestore(new LocalHost())
{
    private readonly CopyFolder _folder = new(place);

    /// <summary>To which moment.</summary>
    /// <value>Default: the latest that there is.</value>
    public RestoreMoment Moment { get; init; } = RestoreMoment.Latest();

    /// <summary>How old the newest backup may be that is found; an older one is none to rely on.</summary>
    /// <value>Default: null, of any age.</value>
    public TimeSpan? OldestBackup { get; init; }

    /// <summary>What is looked at in the copy beside what always is: the files of its manifest, the system that it is of, every table and index, sequences, roles.</summary>
    public IReadOnlyList<IPostgresCheck> Checks { get; init; } = [];

    /// <summary>For workloads, by name, the query for the ids of all that they wrote.</summary>
    public IReadOnlyDictionary<string, string> Writes { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    public override string Description => $"restore {backup.Name} to {Moment}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [$"copy in {place.Folder}"];

    /// <inheritdoc/>
    public override string? Impossible => OperatingSystem.IsLinux() ? null : "Restoring PostgreSQL in a folder of its own needs Linux.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Mistakes =>
    [
        .. base.Mistakes,
        .. Moment.Mistake is { } mistake ? [mistake] : Array.Empty<string>(),
        .. backup.AreDumps && Moment is not LatestMoment ? [$"{backup.Name} is restored to no moment but its own: use RestoreMoment.Latest()."] : Array.Empty<string>(),
    ];

    internal IPostgresBackup Backup => backup;

    internal CopyFolder Folder => _folder;

    internal ValueTask<Preflight> ReadyAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <summary>Restores, and looks at what came of it.</summary>
    /// <param name="planting">What was broken on purpose, in a copy of the backup; null for the backup as it is.</param>
    /// <param name="notes">What it says of itself.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal async ValueTask RestoreAsync(Planting? planting, RestoreNotes notes, CancellationToken cancellationToken)
    {
        var (found, moment) = await notes.PhaseAsync("find", () => FindAsync(notes, cancellationToken)).ConfigureAwait(false);
        var kept = backup;
        if (planting is not null)
        {
            await notes.PhaseAsync("plant", () => PlantAsync()).ConfigureAwait(false);
            found = await notes.PhaseAsync("find", () => kept.FindAsync(moment, cancellationToken)).ConfigureAwait(false);
        }

        var settings = await notes.PhaseAsync("fetch", () => FetchAsync()).ConfigureAwait(false);
        var hasManifest = ManifestCheck.Applies(place);
        if (hasManifest)
        {
            // Files that are not those of the backup are told before PostgreSQL stumbles over them; it is started all the same, to see whether it would.
            await notes.CheckAsync(ManifestCheck.Name, token => ManifestCheck.LookAsync(place, token), cancellationToken).ConfigureAwait(false);
        }

        await notes.PhaseAsync("replay", () => new PostgresServerProcess(place).StartAsync(settings, cancellationToken)).ConfigureAwait(false);
        if (kept.AreDumps)
        {
            await notes.PhaseAsync("load", () => kept.LoadAsync(found, place, cancellationToken).AsTask()).ConfigureAwait(false);
        }

        await notes.PhaseAsync("verify", () => new CopyLook(this, place, source).LookAsync(hasManifest, notes, cancellationToken)).ConfigureAwait(false);

        async Task PlantAsync()
        {
            await _folder.MakeAsync(cancellationToken).ConfigureAwait(false);
            kept = await planting.PlantAsync(found, place.Planted, cancellationToken).ConfigureAwait(false);
        }

        async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync()
        {
            if (planting is null)
            {
                await _folder.MakeAsync(cancellationToken).ConfigureAwait(false);
            }

            return await kept.FetchAsync(found, place, moment, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        if (Path.Exists(place.Folder))
        {
            return Preflight.NotReady($"{place.Folder} is there already: a copy goes to a folder of its own, and is removed with it; name another");
        }

        if (!File.Exists(place.Program("postgres")))
        {
            return Preflight.NotReady($"there is no PostgreSQL in {place.Programs}; install it, or name the folder of its programs");
        }

        return await backup.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } missing ? Preflight.NotReady(missing) : Preflight.Ready;
    }

    /// <inheritdoc/>
    protected override ValueTask<HostCommand> PlanDiscardAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_folder.Discard);

    /// <inheritdoc/>
    protected override ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        return RestoreAsync(planting: null, notes, cancellationToken);
    }

    private async ValueTask<(FoundBackup Found, DateTimeOffset? Moment)> FindAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        // A copy follows the links of a backup to where the source has them, and writes there.
        if (await source.AskAsync<string>("SELECT coalesce(string_agg(spcname, ', ' ORDER BY spcname), '') FROM pg_tablespace WHERE oid >= 16384", cancellationToken).ConfigureAwait(false) is { Length: > 0 } spaces)
        {
            throw new InvalidOperationException($"the source has tablespaces of its own ({spaces}), and a copy would write where they are: a restore does not move them");
        }

        // What time it is there lies between two readings of the clock here.
        var before = notes.Now;
        var there = new DateTimeOffset(await source.AskAsync<DateTime>("SELECT clock_timestamp()", cancellationToken).ConfigureAwait(false), TimeSpan.Zero);
        var after = notes.Now;
        var moment = Moment.Of(there);
        var found = await backup.FindAsync(moment, cancellationToken).ConfigureAwait(false);
        if (moment is { } at)
        {
            notes.Targeted(new TimeWindow(before - (there - at), after - (there - at)));
        }
        else if (Moment is LatestMoment { Behind: { } behind })
        {
            notes.Targeted(new TimeWindow(before - behind, TimeSpan.MaxValue));
        }
        else if (backup.AreDumps && found.Began is { } began)
        {
            // What was committed before it began is in it, and nothing of what came when it was complete.
            notes.Targeted(new TimeWindow(before - (there - began), after - (there - found.Finished)));
        }

        if ((moment ?? there) - found.Finished > OldestBackup)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the newest backup, {found.Label}, is of {found.Finished.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: older than {DurationText.Format(OldestBackup!.Value)}"));
        }

        return place.WhyTooSmall(found) is { } small ? throw new InvalidOperationException(small) : (found, moment);
    }
}
