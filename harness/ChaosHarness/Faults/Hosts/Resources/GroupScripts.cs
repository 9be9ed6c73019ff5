namespace ChaosHarness.Faults.Hosts.Resources;

/// <summary>Limits of processes, as scripts for a host's <c>sh</c>: control groups of both versions, and open files.</summary>
internal static class GroupScripts
{
    // Sets group to the folder of a process in a controller, and version to 1 or 2. $1 is the process, $2 the controller, $3 its file of version 2.
    private const string Finding = """
        fail() { echo "$1" >&2; exit 1; }
        find_group() {
          group= version= root=
          while IFS=: read -r number names path; do
            case ,$names, in
              *",$2,"*)
                for place in /sys/fs/cgroup/"$names" /sys/fs/cgroup/"$2"; do [ -d "$place$path" ] && group=$place$path version=1 root=$path; done
                break ;;
              ,,)
                for place in /sys/fs/cgroup /sys/fs/cgroup/unified; do [ -e "$place$path/$3" ] && group=$place$path version=2 root=$path; done ;;
            esac
          done < "/proc/$1/cgroup"
          [ -n "$group" ] || fail "process $1 is in no control group of $2: start it in one, as systemd does"
          [ "$root" != / ] || fail "process $1 is in the group of the whole system, which is not limited: start it in one of its own, as systemd does"
        }
        """;

    /// <summary>Writes the folder of a process's group. Arguments: the process, the controller, its file of version 2.</summary>
    public const string FindGroup = $$"""
        {{Finding}}
        find_group "$1" "$2" "$3"
        echo "$group"
        """;

    /// <summary>Writes the file that limits a process and what it says. Arguments: the process, the controller, its file of version 2 and of version 1.</summary>
    public const string FindLimit = $$"""
        {{Finding}}
        find_group "$1" "$2" "$3"
        if [ "$version" = 1 ]; then file=$group/$4; else file=$group/$3; fi
        [ -w "$file" ] || fail "'$file' cannot be written: log in as root"
        echo "$version $file $(cat "$file")"
        """;

    /// <summary>Sets a limit. Arguments: the file, what it is to say.</summary>
    public const string Write = """
        printf '%s\n' "$2" > "$1"
        """;

    /// <summary>Sets a limit back, unless its group is no more. Arguments: the file, what it said.</summary>
    public const string Restore = """
        [ ! -e "$1" ] || printf '%s\n' "$2" > "$1"
        """;

    /// <summary>Says whether a limit is in force. Arguments: the file, what it said before.</summary>
    public const string IsLimited = """
        if [ ! -e "$1" ]; then echo "gone the group of '$1' is no more"; elif [ "$(cat "$1")" = "$2" ]; then echo "gone '$1' was set back"; else echo there; fi
        """;

    /// <summary>Writes how many files a process may have open. Argument: the process.</summary>
    public const string FindFiles = """
        command -v prlimit >/dev/null || { echo "there is no program prlimit: install util-linux" >&2; exit 1; }
        prlimit --pid "$1" --nofile -o SOFT --noheadings
        """;

    /// <summary>Says how many files a process may have open, if it runs. Arguments: the process with its start, the number.</summary>
    public const string LimitFiles = $$"""
        {{Processes.ProcessScripts.Words}}
        ! runs "$1" || prlimit --pid "${1%:*}" --nofile="$2":
        """;
}
