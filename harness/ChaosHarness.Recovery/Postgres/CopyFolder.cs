using ChaosHarness.Hosts;

namespace ChaosHarness.Recovery.Postgres;

/// <summary>The folder of a copy: made where nothing is, and removed with whatever runs in it by whoever knows its token.</summary>
internal sealed class CopyFolder(PostgresPlace place)
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

    /// <summary>What throws it away: also half of it, or nothing, and again.</summary>
    public HostCommand Discard => HostCommand.Script(DiscardScript, place.Folder, _token);

    /// <summary>Makes it.</summary>
    /// <exception cref="InvalidOperationException">It could not be made, or is there already.</exception>
    public async ValueTask MakeAsync(CancellationToken cancellationToken)
    {
        // mkdir fails where somebody else made it meanwhile; nothing of theirs is touched then, or removed.
        const string Script = """
            umask 077 && mkdir -p "$(dirname "$1")" && mkdir "$1" && printf %s "$2" >"$1/$4" && mkdir "$1/data" "$1/socket" "$1/planted" && : >"$1/log" && { [ -z "$3" ] || chown "$3" "$1" "$1/data" "$1/socket" "$1/planted" "$1/log"; }
            """;
        await RequireAsync(HostCommand.Script(Script, place.Folder, _token, place.User ?? "", TokenFile), $"making {place.Folder}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Throws it away.</summary>
    /// <exception cref="InvalidOperationException">Something of it is still there.</exception>
    public ValueTask DiscardAsync(CancellationToken cancellationToken) => RequireAsync(Discard, $"removing {place.Folder}", cancellationToken);

    private static async ValueTask RequireAsync(HostCommand command, string what, CancellationToken cancellationToken)
    {
        var result = await new LocalHost().RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            throw new InvalidOperationException($"{what}: {CopyCommand.Words(result.Output + result.Error)}");
        }
    }
}
