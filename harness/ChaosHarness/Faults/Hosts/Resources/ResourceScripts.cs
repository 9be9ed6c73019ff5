namespace ChaosHarness.Faults.Hosts.Resources;

/// <summary>What uses up a host, as scripts for its <c>sh</c>.</summary>
internal static class ResourceScripts
{
    // In two parts, so that it stands whole in the command line of what it marks, and nowhere else: not in that of who looks for it.
    private const string Mark = """
        mark=chaosharness-load-$1; shift
        loads() { tree=; for file in $(grep -ls "$mark" /proc/[0-9]*/cmdline); do file=${file%/cmdline}; add "${file#/proc/}"; done; }
        """;

    /// <summary>Fails where a load could not be started. No arguments.</summary>
    public const string WhyNotLoad = """
        for program in setsid timeout grep; do command -v $program >/dev/null || { echo "there is no program $program: install coreutils, util-linux and grep" >&2; exit 1; }; done
        """;

    /// <summary>
    /// Starts loads, each of which ends by itself in the end. Arguments: a name, how many, seconds, how many bytes of memory one has to hold before it
    /// counts as started, files of groups that they join, separated by lines; what each does as a script, and what that is given.
    /// </summary>
    public const string Start = $$"""
        {{Processes.ProcessScripts.Words}}
        {{Mark}}
        count=$1 seconds=$2 bytes=$3 groups=$4 body=$5; shift 5
        number=0
        while [ "$number" -lt "$count" ]; do
          number=$((number + 1))
          setsid sh -c 'mark=$1 seconds=$2 groups=$3 body=$4; shift 4; for group in $groups; do echo $$ > "$group" || exit; done; exec timeout "$seconds" sh -c "$body" "$mark" "$@"' sh "$mark" "$seconds" "$groups" "$body" "$@" </dev/null >/dev/null 2>&1 &
        done
        [ "$bytes" -gt 0 ] || exit 0
        waits=0
        while [ "$waits" -lt 200 ]; do
          sleep 0.1 2>/dev/null || sleep 1
          waits=$((waits + 1))
          loads
          # One that was killed for its memory did what it was to do.
          [ -n "$tree" ] || exit 0
          for one in $tree; do
            pages=0; { read -r size pages rest < "/proc/${one%:*}/statm"; } 2>/dev/null
            [ $((pages * 4096)) -lt $((bytes / 10 * 9)) ] || exit 0
          done
        done
        fail "it does not get as much memory as it was to use"
        """;

    /// <summary>Ends loads, and removes what they wrote. Arguments: the name, then files.</summary>
    public const string End = $$"""
        {{Processes.ProcessScripts.Words}}
        {{Mark}}
        loads; signal KILL $tree; gone $tree
        loads; signal KILL $tree; gone $tree
        rm -f "$@"
        """;

    /// <summary>Says whether loads are there. Argument: the name.</summary>
    public const string IsThere = $$"""
        {{Processes.ProcessScripts.Words}}
        {{Mark}}
        loads
        if [ -n "$tree" ]; then echo there; else echo "$1"; fi
        """;

    public const string Burn = "while :; do :; done";

    // The one that holds it is the one that is killed for it, and the rest ends with it.
    public const string Hold = """
        { head -c "$1" /dev/zero && exec sleep 604800; } | { tail; kill 0; }
        """;

    public const string WriteAll = """
        while :; do dd if=/dev/zero of="$1" bs=1M count=64 conv=fsync 2>/dev/null || sleep 1; done
        """;

    /// <summary>Fails where a folder cannot be written to, or is on the disk of the whole system. Arguments: the folder, <c>yes</c> where that is permitted, kilobytes that have to be free beyond those left.</summary>
    public const string WhyNotDisk = """
        fail() { echo "$1" >&2; exit 1; }
        [ -d "$1" ] && [ -w "$1" ] || fail "'$1' is no folder that this user may write to: name the right one, or log in as another user"
        set -- "$1" "$2" "$3" $(df -Pk "$1" | tail -n 1)
        [ "$2" = yes ] || [ "$9" != / ] || fail "'$1' is on the disk of the whole system, which may not bear that: name a folder on another disk, or permit it with mayBeSystemDisk"
        [ "$7" -gt "$3" ] || fail "'$1' has only $7 KiB free, no more than what is to be left"
        """;

    /// <summary>Fills a disk by one file. Arguments: the folder, the file, kilobytes to leave.</summary>
    public const string Fill = """
        set -- "$1" "$2" "$3" $(df -Pk "$1" | tail -n 1)
        size=$(($7 - $3))
        [ "$size" -gt 0 ] || exit 0
        fallocate -l "${size}K" "$2" 2>/dev/null || dd if=/dev/zero of="$2" bs=1024 count="$size" 2>/dev/null || [ -s "$2" ]
        """;

    /// <summary>Says whether a file is there. Argument: the file.</summary>
    public const string HasFile = """
        if [ -e "$1" ]; then echo there; else echo "gone '$1' was removed"; fi
        """;

    /// <summary>Writes what a file says, behind a word for whether it exists. Argument: the file.</summary>
    public const string ReadFile = """
        if [ -e "$1" ]; then echo "is $(head -c 1000 "$1")"; else echo not; fi
        """;

    /// <summary>Changes what a file says in one go, or removes it. Arguments: the file, <c>is</c> or <c>not</c>, the text.</summary>
    public const string WriteFile = """
        if [ "$2" = not ]; then rm -f "$1"; else printf '%s\n' "$3" > "$1.chaosharness" && mv "$1.chaosharness" "$1"; fi
        """;

    /// <summary>Says whether a file says what it was made to say. Arguments: the file, the text.</summary>
    public const string Says = """
        if [ "$(cat "$1" 2>/dev/null)" = "$2" ]; then echo there; else echo "gone '$1' says something else"; fi
        """;
}
