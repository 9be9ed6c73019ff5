using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;
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
    private const string TokenFile = "chaosharness-restore";

    // Ends what runs in the folder, though its parent is gone, and removes the folder: only one that this restore made, which the token in it tells.
    private const string DiscardScript = """
        [ -e "$1" ] || exit 0
        [ "$(cat "$1/chaosharness-restore" 2>/dev/null)" = "$2" ] || exit 0
        # As processes see where they work: without links on the way.
        set -- "$(readlink -f "$1")"
        pid=$(sed -n 1p "$1/data/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1/data" ]; then
          segment=$(sed -n 7p "$1/data/postmaster.pid" | tr -s ' ' | cut -d ' ' -f 3)
          kill -QUIT "$pid" 2>/dev/null
          for round in $(seq 100); do [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1/data" ] || break; sleep 0.05; done
          [ -n "$segment" ] && ipcrm -m "$segment" 2>/dev/null
        fi
        for process in /proc/[0-9]*; do
          case "$(readlink "$process/cwd" 2>/dev/null)" in "$1"|"$1"/*) kill -KILL "${process#/proc/}" 2>/dev/null ;; esac
        done
        for round in 1 2 3 4 5; do rm -rf "$1" && exit 0; sleep 0.2; done
        exit 1
        """;

    private readonly string _token = Guid.NewGuid().ToString("N");

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
    public override IReadOnlyList<string> Mistakes => Moment.Mistake is { } mistake ? [.. base.Mistakes, mistake] : base.Mistakes;

    private static IReadOnlyList<IPostgresCheck> Always => [new SameSystemCheck(), new PagesCheck(), new SequencesCheck(), new RolesCheck()];

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
    protected override ValueTask<HostCommand> PlanDiscardAsync(CancellationToken cancellationToken) => ValueTask.FromResult(HostCommand.Script(DiscardScript, place.Folder, _token));

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var (found, moment) = await notes.PhaseAsync("find", () => FindAsync(notes, cancellationToken)).ConfigureAwait(false);
        var settings = await notes.PhaseAsync("fetch", () => FetchAsync(found, moment, cancellationToken)).ConfigureAwait(false);
        if (ManifestCheck.Applies(place))
        {
            // Files that are not those of the backup are told before PostgreSQL stumbles over them; it is started all the same, to see whether it would.
            await notes.CheckAsync(ManifestCheck.Name, token => ManifestCheck.LookAsync(place, token), cancellationToken).ConfigureAwait(false);
        }

        await notes.PhaseAsync("replay", () => new PostgresServerProcess(place).StartAsync(settings, cancellationToken)).ConfigureAwait(false);
        await notes.PhaseAsync("verify", () => VerifyAsync(notes, cancellationToken)).ConfigureAwait(false);
    }

    private async ValueTask<(FoundBackup Found, DateTimeOffset? Moment)> FindAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        // What time it is there lies between two readings of the clock here.
        var before = notes.Now;
        var there = new DateTimeOffset(await source.AskAsync<DateTime>("SELECT clock_timestamp()", cancellationToken).ConfigureAwait(false), TimeSpan.Zero);
        var after = notes.Now;
        var moment = Moment.Of(there);
        if (moment is { } at)
        {
            notes.Targeted(new TimeWindow(before - (there - at), after - (there - at)));
        }
        else if (Moment is LatestMoment { Behind: { } behind })
        {
            notes.Targeted(new TimeWindow(before - behind, TimeSpan.MaxValue));
        }

        var found = await backup.FindAsync(moment, cancellationToken).ConfigureAwait(false);
        return there - found.Finished > OldestBackup
            ? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the newest backup, {found.Label}, is of {found.Finished.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: older than {DurationText.Format(OldestBackup!.Value)}"))
            : (found, moment);
    }

    private async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup found, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        // mkdir fails where somebody else made it meanwhile; nothing of theirs is touched then, or removed.
        const string Script = """
            umask 077 && mkdir -p "$(dirname "$1")" && mkdir "$1" && printf %s "$2" >"$1/$4" && mkdir "$1/data" "$1/socket" && : >"$1/log" && { [ -z "$3" ] || chown "$3" "$1" "$1/data" "$1/socket" "$1/log"; }
            """;
        await RequireAsync(HostCommand.Script(Script, place.Folder, _token, place.User ?? "", TokenFile), $"making {place.Folder}", cancellationToken).ConfigureAwait(false);
        return await backup.FetchAsync(found, place, moment, cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        var copy = new PostgresCopy(place, source, PostgresCopy.Connect(place));
        await using (copy.ConfigureAwait(false))
        {
            foreach (var (workload, query) in Writes)
            {
                await notes.LookUpAsync(workload, IdsAsync(copy, query, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            foreach (var check in Always.Concat(Checks))
            {
                await notes.CheckAsync(check.Name, token => check.LookAsync(copy, token), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async IAsyncEnumerable<StoredId> IdsAsync(PostgresCopy copy, string query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = copy.Database.CreateCommand(query);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return rows.GetValue(0) switch
                    {
                        long number => number,
                        int number => number,
                        Guid id => id,
                        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
                    };
                }
            }
        }
    }
}
