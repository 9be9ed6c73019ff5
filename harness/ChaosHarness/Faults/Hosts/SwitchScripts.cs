namespace ChaosHarness.Faults.Hosts;

/// <summary>
/// The dead man's switch, as scripts for a host's <c>sh</c>. It is a folder with two files, and a process in a session of its own. It counts its own
/// sleeps since a number in a file last changed, so no clock can fool it; the number is overwritten in place, for which a full disk has room.
/// </summary>
internal static class SwitchScripts
{
    /// <summary>What a script ends with when the switch is not armed any more.</summary>
    public const int NotArmed = 97;

    /// <summary>Fails with what is missing where a switch cannot be armed. No arguments.</summary>
    public const string WhyNot = """
        command -v setsid >/dev/null || { echo "there is no program setsid, so nothing there would undo the fault if this run died: install util-linux, or call Unleased()" >&2; exit 1; }
        [ -r /proc/self/cmdline ] || { echo "there is no /proc, which a lease needs: call Unleased(), or use a host with Linux" >&2; exit 1; }
        """;

    /// <summary>
    /// Waits until it is not renewed any more, and undoes. Arguments: folder, how often it sleeps, for how long, then what undoes the fault. It ignores
    /// no signal, which what it starts would inherit.
    /// </summary>
    public const string Watch = """
        dir=$1 ticks=$2 step=$3; shift 3
        printf '%8d\n' $$ 1<>"$dir/pid"
        last= count=0
        while [ "$count" -lt "$ticks" ]; do
          sleep "$step"
          now=none; { read -r now < "$dir/renewed"; } 2>/dev/null
          [ "$now" = disarmed ] && exit 0
          if [ "$now" = "$last" ]; then count=$((count + 1)); else last=$now count=0; fi
        done
        { printf 'fired000\n' 1<>"$dir/renewed"; } 2>/dev/null
        command -v timeout >/dev/null && set -- timeout -k 5 60 "$@"
        tries=1
        until "$@"; do
          [ "$tries" -lt 5 ] || break
          sleep "$tries"
          tries=$((tries + 1))
        done
        rm -rf "$dir"
        """;

    /// <summary>
    /// Starts one, and writes where its folder is. Arguments: <see cref="Watch"/>, its name, seconds of the lease, then what undoes the fault. What lies
    /// between a renewal and its being seen is taken off the lease.
    /// </summary>
    public const string Arm = """
        watch=$1 id=$2 step=1 ticks=$(($3 - 2)); shift 3
        sleep 0.01 2>/dev/null && step=0.5 ticks=$((ticks * 2 + 2))
        [ "$ticks" -gt 0 ] || ticks=1
        found=
        for place in /run /dev/shm /tmp "$HOME"; do
          dir=$place/$id
          mkdir -m 700 "$dir" 2>/dev/null || continue
          { printf '%08d\n' 0 > "$dir/renewed" && printf '%8s\n' '' > "$dir/pid"; } 2>/dev/null && found=1 && break
          rm -rf "$dir"
        done
        [ -n "$found" ] || { echo "neither /run nor /dev/shm nor /tmp nor the home has room for what would undo the fault: make room" >&2; exit 1; }
        setsid sh -c "$watch" "$id" "$dir" "$ticks" "$step" "$@" </dev/null >/dev/null 2>&1 &
        waits=0
        until read -r pid < "$dir/pid" && [ -n "$pid" ]; do
          waits=$((waits + 1))
          [ "$waits" -lt 500 ] || { rm -rf "$dir"; echo "what would undo the fault did not start" >&2; exit 1; }
          sleep 0.01 2>/dev/null || sleep 1
        done
        echo "$dir"
        """;

    /// <summary>Renews it, unless it is not armed any more, and then runs what follows. Arguments: folder, or nothing for none; a number that was not used; a command, if any.</summary>
    public const string Renew = """
        if [ -n "$1" ]; then
          now=none; { read -r now < "$1/renewed"; } 2>/dev/null
          case $now in [0-9]*) printf '%08d\n' "$2" 1<>"$1/renewed" ;; *) exit 97 ;; esac
        fi
        shift 2
        [ $# -eq 0 ] || exec "$@"
        """;

    /// <summary>Says that the fault is gone where it is not armed any more, and runs what looks otherwise. Arguments: folder, or nothing for none; a command, if any.</summary>
    public const string IsThere = """
        if [ -n "$1" ]; then
          now=none; { read -r now < "$1/renewed"; } 2>/dev/null
          case $now in [0-9]*) ;; *) echo switch; exit ;; esac
        fi
        shift
        [ $# -eq 0 ] || exec "$@"
        """;

    /// <summary>
    /// Undoes the fault, and then disarms: one that could not be undone is left to the switch. Arguments: its name, or nothing for none; what undoes it.
    /// Where it is was not known when the name was written down.
    /// The process is told by its own name from a later one with its number, and stopped before it is ended: one that undoes right now goes on.
    /// </summary>
    public const string Undo = """
        dir=; [ -z "$1" ] || for place in /run /dev/shm /tmp "$HOME"; do [ -d "$place/${1##*/}" ] && dir=$place/${1##*/} && break; done; shift
        "$@" || exit
        [ -n "$dir" ] && [ -d "$dir" ] || exit 0
        now=none; { read -r now < "$dir/renewed"; read -r pid < "$dir/pid"; } 2>/dev/null
        if [ -n "$pid" ] && grep -q "${dir##*/}" "/proc/$pid/cmdline" 2>/dev/null; then
          kill -s STOP -- "-$pid"
          { read -r now < "$dir/renewed"; } 2>/dev/null
          if [ "$now" = fired000 ]; then kill -s CONT -- "-$pid"; exit 0; fi
          kill -s KILL -- "-$pid"
        else
          { printf 'disarmed\n' 1<>"$dir/renewed"; } 2>/dev/null
        fi
        rm -rf "$dir"
        """;
}
