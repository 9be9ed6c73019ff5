using System.Globalization;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Places;

/// <summary>
/// A restore to a folder of its own on this machine, which must not be there yet, and which is removed with everything in it and everything that runs in it,
/// also after a kill: a token in it says that it is this restore's. Needs Linux.
/// </summary>
public abstract class FolderRestore : HostRestore
{
    // Ends what works in the folder, though its parent is gone, and removes it: only one that this restore made.
    private const string DiscardScript = """
        [ -e "$1" ] || exit 0
        [ "$(cat "$1/chaosharness-restore" 2>/dev/null)" = "$2" ] || exit 0
        # As processes see where they work: without links on the way.
        set -- "$(readlink -f "$1")"
        for process in /proc/[0-9]*; do
          case "$(readlink "$process/cwd" 2>/dev/null)" in "$1"|"$1"/*) kill -KILL "${process#/proc/}" 2>/dev/null ;; esac
        done
        for round in 1 2 3 4 5; do rm -rf "$1" && exit 0; sleep 0.2; done
        exit 1
        """;

    // mkdir fails where somebody else made it meanwhile; nothing of theirs is touched then, or removed.
    private const string MakeScript = """
        umask 077 && mkdir -p "$(dirname "$1")" && mkdir "$1" && printf %s "$2" >"$1/chaosharness-restore" && mkdir "$1/data" && : >"$1/log" && { [ -z "$3" ] || chown "$3" "$1" "$1/data" "$1/log"; }
        """;

    private readonly string _token = Guid.NewGuid().ToString("N");

    private protected FolderRestore(string folder)
        : base(new LocalHost())
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        // From the root on: whoever throws it away after a kill is somewhere else.
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
    }

    /// <summary>Where the copy goes.</summary>
    public string Folder { get; }

    /// <summary>How old the newest backup may be that is found; an older one is none to rely on.</summary>
    /// <value>Default: null, of any age.</value>
    public TimeSpan? OldestBackup { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [$"copy in {Folder}"];

    /// <inheritdoc/>
    public override string? Impossible => OperatingSystem.IsLinux() ? null : "Restoring to a folder of its own, and ending all that runs in it, needs Linux.";

    private protected string Data => Path.Combine(Folder, "data");

    private protected string Log => Path.Combine(Folder, "log");

    /// <inheritdoc/>
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => Path.Exists(Folder)
        ? Preflight.NotReady($"{Folder} is there already: a copy goes to a folder of its own, and is removed with it; name another")
        : await WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } missing ? Preflight.NotReady(missing) : Preflight.Ready;

    /// <inheritdoc/>
    protected override ValueTask<HostCommand> PlanDiscardAsync(CancellationToken cancellationToken) => ValueTask.FromResult(HostCommand.Script(DiscardScript, Folder, _token));

    /// <summary>Says what is missing, and what to do about it; null when nothing is.</summary>
    private protected abstract ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken);

    /// <summary>Makes the folder, with an empty one for the data, and a log.</summary>
    /// <param name="owner">Whose it is; null for the user of the tests.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private protected async Task MakeAsync(string? owner, CancellationToken cancellationToken) =>
        await RequireAsync(HostCommand.Script(MakeScript, Folder, _token, owner ?? ""), $"making {Folder}", cancellationToken).ConfigureAwait(false);

    /// <exception cref="InvalidOperationException">A backup is older than it may be.</exception>
    private protected void RequireYoung(string backup, DateTimeOffset taken, DateTimeOffset now)
    {
        if (now - taken > OldestBackup)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the newest backup, {backup}, is of {taken.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: older than {DurationText.Format(OldestBackup!.Value)}"));
        }
    }
}
