namespace ChaosHarness.Faults.Hosts.Processes;

/// <summary>
/// Processes of a Linux host, as scripts for its <c>sh</c>. A process is always a number and when it started, and one that has ended without having
/// been collected does not run. Only words of the shell where it has to be quick, and as few looks as can be: a program costs a millisecond, and a shell
/// reads byte by byte. What stands still keeps its number: it is not looked at again before it is killed.
/// </summary>
internal static class ProcessScripts
{
    /// <summary>What the other scripts are made of.</summary>
    public const string Words = """
        fail() { echo "$1" >&2; exit 1; }
        stop=
        look() {
          line=; { while IFS= read -r part; do line="$line$part "; done < "/proc/$1/stat"; } 2>/dev/null
          [ -n "$line" ] || return 1
          set -- ${line##*) }
          state=$1 parent=$2 started=${20}
          case $state in Z|X|x) return 1 ;; esac
        }
        runs() { look "${1%:*}" && [ "$started" = "${1#*:}" ]; }
        children() {
          list=
          if [ -e "/proc/$$/task/$$/children" ]; then
            for file in /proc/"$1"/task/*/children; do part=; { read -r part < "$file"; } 2>/dev/null; list="$list $part"; done
          else
            for file in /proc/[0-9]*; do look "${file#/proc/}" && [ "$parent" = "$1" ] && list="$list ${file#/proc/}"; done
          fi
        }
        add() {
          case "$tree " in *" $1:"*) ;; *)
            look "$1" || return
            tree="$tree $1:$started" isnew=1
            [ -z "$stop" ] || kill -s STOP "$1" 2>/dev/null ;;
          esac
          children "$1"
          for child in $list; do add "$child"; done
        }
        signal() { name=$1; shift; for it in "$@"; do runs "$it" && kill -s "$name" "${it%:*}" 2>/dev/null; done; :; }
        freeze() {
          tree= isnew=1 stop=1
          while [ -n "$isnew" ]; do isnew=; add "$1"; done
          stop=
        }
        gone() {
          for it in "$@"; do
            waits=0
            while runs "$it"; do
              waits=$((waits + 1))
              [ "$waits" -lt 2000 ] || fail "process ${it%:*} does not end"
              [ "$waits" -lt 20 ] || sleep 0.01 2>/dev/null || sleep 1
            done
          done
        }
        crash() { freeze "$1"; for it in $tree; do kill -s KILL "${it%:*}" 2>/dev/null; done; gone $tree; }
        """;

    // Sets pid and started, or says in why what is missing. $1 is how it is found, and $2 what is looked for.
    private const string Finding = """
        find_it() {
          pid= why=
          case $1 in
            unit)
              pid=$(systemctl show -p MainPID --value "$2" 2>/dev/null)
              [ "${pid:-0}" -gt 0 ] || { why="unit $2 has no main process: start it first, or name the right unit"; return 1; }
              ;;
            file)
              { read -r pid < "$2"; } 2>/dev/null
              case $pid in ''|*[!0-9]*) why="there is no process number in '$2': start it first, or name the right file"; return 1 ;; esac
              ;;
            name)
              wanted=$(printf %.15s "$2") found=
              for place in /proc/[0-9]*; do
                comm=; { IFS= read -r comm < "$place/comm"; } 2>/dev/null
                [ "$comm" = "$wanted" ] && [ "${place#/proc/}" != $$ ] && look "${place#/proc/}" || continue
                comm=; { IFS= read -r comm < "/proc/$parent/comm"; } 2>/dev/null
                [ "$comm" = "$wanted" ] || found="$found ${place#/proc/}"
              done
              set -- "$1" "$2" $found
              [ $# -ge 3 ] || { why="no process there is called '$2': start it first, or name the right one"; return 1; }
              [ $# -le 3 ] || { why="several processes there are called '$2':$found. Name one that is alone, or use its unit or the file with its number"; return 1; }
              pid=$3
              ;;
          esac
          look "$pid" || { why="there is no process $pid any more, which $2 names: start it first"; return 1; }
          [ "$1" = file ] || return 0
          while read -r word value; do [ "$word" != btime ] || boot=$value; done < /proc/stat
          written=$(stat -c %Y "$2" 2>/dev/null) || return 0
          [ $((boot + started / $(getconf CLK_TCK 2>/dev/null || echo 100))) -le $((written + 2)) ] || { why="process $pid started after '$2' was written: what had that number has ended, and another process has it; start it first"; return 1; }
        }
        """;

    private const string Starting = """
        start_it() { find_it "$1" "$2" || eval "$3" || fail "what starts it failed"; ready_it "$4" "$5"; }
        ready_it() {
          [ -n "$1" ] || return 0
          waits=0
          until eval "$1" >/dev/null 2>&1; do
            waits=$((waits + 1))
            [ "$waits" -lt "$2" ] || fail "it runs and was not ready after $2 seconds"
            sleep 1
          done
        }
        """;

    /// <summary>Writes number and start of the process that leads a component. Arguments: how, what.</summary>
    public const string Find = $$"""
        {{Words}}
        {{Finding}}
        find_it "$1" "$2" || fail "$why"
        echo "$pid:$started"
        """;

    /// <summary>Fails with what is missing for its being ended and started. Arguments: how, what, the program that starts it.</summary>
    public const string WhyNot = $$"""
        {{Words}}
        {{Finding}}
        [ -r /proc/self/stat ] || fail "there is no /proc: faults on its processes need Linux"
        command -v "$3" >/dev/null || fail "there is no program '$3' that would start it: install it, or name the one that does"
        [ "$1" != unit ] || systemctl cat "$2" >/dev/null 2>&1 || fail "systemd has no unit '$2', or does not run: name the right unit, or use the file with its number"
        find_it "$1" "$2" || fail "$why"
        tree=; add "$pid"
        case "$tree " in *" $$:"*) fail "this very session is below process $pid, and would end with it: that is the way in" ;; esac
        for it in $tree; do kill -s 0 "${it%:*}" 2>/dev/null || ! runs "$it" || fail "process ${it%:*} is of another user, to whom no signal may be sent: log in as that user or as root"; done
        """;

    /// <summary>Kills a process and all below it at once. Argument: the process.</summary>
    public const string Crash = $$"""
        {{Words}}
        runs "$1" || fail "process ${1%:*} ended before it could be made to fail"
        crash "${1%:*}"
        """;

    /// <summary>Asks a process to end, and kills it and what is left below it after ten seconds. Argument: the process.</summary>
    public const string Stop = $$"""
        {{Words}}
        runs "$1" || fail "process ${1%:*} ended before it could be made to fail"
        tree=; add "${1%:*}"; all=$tree
        signal TERM "$1"
        waits=0
        while runs "$1" && [ "$waits" -lt 100 ]; do waits=$((waits + 1)); sleep 0.1 2>/dev/null || { sleep 1; waits=$((waits + 9)); }; done
        for one in $all; do ! runs "$one" || crash "${one%:*}"; done
        """;

    /// <summary>Writes a process and all below it, each as number and start. Argument: the process.</summary>
    public const string Tree = $$"""
        {{Words}}
        tree=; add "${1%:*}"
        echo "$tree"
        """;

    /// <summary>Freezes a process and all below it, and waits until they stand still. Argument: the process.</summary>
    public const string Freeze = $$"""
        {{Words}}
        runs "$1" || fail "process ${1%:*} ended before it could be made to fail"
        freeze "${1%:*}"
        for it in $tree; do
          waits=0
          while runs "$it"; do
            case $state in T|t|D) break ;; esac
            waits=$((waits + 1))
            [ "$waits" -lt 2000 ] || fail "process ${it%:*} does not stand still"
            [ "$waits" -lt 20 ] || sleep 0.01 2>/dev/null || sleep 1
          done
        done
        """;

    /// <summary>Says whether a frozen process is still that. Arguments: how, what, the process.</summary>
    public const string IsFrozen = $$"""
        {{Words}}
        {{Finding}}
        if runs "$3"; then
          case $state in T|t|D) echo there ;; *) echo "gone process ${3%:*} was thawed" ;; esac
        elif find_it "$1" "$2" && [ "$pid:$started" != "$3" ]; then
          echo "gone it was replaced by process $pid, which is not frozen"
        else
          echo "superseded process ${3%:*} was killed while it was frozen, as fencing does"
        fi
        """;

    /// <summary>
    /// Lets processes go on, and starts the component unless it runs: it may have been fenced meanwhile. Arguments: how, what, what starts it, what says
    /// that it is ready or nothing, seconds for that, the process that was hit, then those that were frozen.
    /// </summary>
    public const string Restore = $$"""
        {{Words}}
        {{Finding}}
        {{Starting}}
        how=$1 what=$2 start=$3 ready=$4 seconds=$5 victim=$6; shift 6
        for one in "$@"; do
          ! runs "$one" || { tree=; add "${one%:*}"; signal CONT $tree; }
        done
        if [ -n "$victim" ] && runs "$victim"; then ready_it "$ready" "$seconds"; else start_it "$how" "$what" "$start" "$ready" "$seconds"; fi
        """;
}
