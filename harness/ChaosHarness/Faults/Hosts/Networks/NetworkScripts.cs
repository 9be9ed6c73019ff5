namespace ChaosHarness.Faults.Hosts.Networks;

/// <summary>Faults of a host's network, as scripts for its <c>sh</c>.</summary>
internal static class NetworkScripts
{
    /// <summary>Writes <c>tool</c> and what filters packets, <c>way</c> and the ssh session, and <c>peer</c>, name and address for each address of each peer. Arguments: the peers.</summary>
    public const string Look = """
        fail() { echo "$1" >&2; exit 1; }
        if command -v nft >/dev/null && nft list tables >/dev/null 2>&1; then echo tool nft
        elif command -v iptables >/dev/null && iptables -S >/dev/null 2>&1; then echo tool iptables
        else fail "neither nft nor iptables can be used: log in as root, and install nftables"
        fi
        echo "way $SSH_CONNECTION"
        for peer in "$@"; do
          case $peer in
            *[!0-9./]*)
              case $peer in
                *:*) echo "peer $peer $peer" ;;
                *) found=$(getent ahosts "$peer") || fail "'$peer' has no address there: name its address"
                   echo "$found" | while read -r address rest; do echo "peer $peer $address"; done ;;
              esac ;;
            *) echo "peer $peer $peer" ;;
          esac
        done
        """;

    /// <summary>Puts a table in place, whole or not at all. Arguments: its name, its text.</summary>
    public const string AddTable = """
        printf 'add table inet %s\ndelete table inet %s\n%s\n' "$1" "$1" "$2" | nft -f -
        """;

    /// <summary>Takes a table away, if it is there. Argument: its name.</summary>
    public const string RemoveTable = """
        nft delete table inet "$1" 2>/dev/null || ! nft list table inet "$1" >/dev/null 2>&1
        """;

    /// <summary>Looks for a table. Argument: its name.</summary>
    public const string HasTable = """
        if nft list table inet "$1" >/dev/null 2>&1; then echo there; else echo "gone table $1 was deleted"; fi
        """;

    /// <summary>Puts a chain of rules in place. Arguments: its name; then the command and the words of each rule, quoted, each an argument.</summary>
    public const string AddChain = """
        name=$1; shift
        for tool in iptables ip6tables; do
          command -v $tool >/dev/null || continue
          $tool -w -N "$name" 2>/dev/null; $tool -w -F "$name" || exit
        done
        for rule in "$@"; do eval "$rule" || exit; done
        for tool in iptables ip6tables; do
          command -v $tool >/dev/null || continue
          for hook in INPUT OUTPUT; do $tool -w -C $hook -j "$name" 2>/dev/null || $tool -w -I $hook -j "$name" || exit; done
        done
        """;

    /// <summary>Takes a chain away, if it is there. Argument: its name.</summary>
    public const string RemoveChain = """
        for tool in iptables ip6tables; do
          command -v $tool >/dev/null || continue
          for hook in INPUT OUTPUT; do while $tool -w -D $hook -j "$1" 2>/dev/null; do :; done; done
          $tool -w -F "$1" 2>/dev/null; $tool -w -X "$1" 2>/dev/null
          ! $tool -w -S "$1" >/dev/null 2>&1 || { echo "chain $1 could not be removed" >&2; exit 1; }
        done
        """;

    /// <summary>Looks for a chain. Argument: its name.</summary>
    public const string HasChain = """
        if iptables -w -C INPUT -j "$1" 2>/dev/null; then echo there; else echo "gone chain $1 was removed"; fi
        """;

    /// <summary>Writes the network card, if it can be slowed. Arguments: the card, or nothing for that of the default route; then the discipline, tried on a network of its own.</summary>
    public const string LookAtCard = """
        fail() { echo "$1" >&2; exit 1; }
        command -v tc >/dev/null || fail "there is no program tc: install iproute2"
        card=$1; shift
        [ -n "$card" ] || card=$(ip -o route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n 1)
        [ -n "$card" ] || fail "there is no default route: name the network card"
        root=$(tc qdisc show dev "$card" root 2>&1) || fail "there is no network card '$card': $root"
        case $root in
          ''|'qdisc noqueue '*|'qdisc pfifo_fast '*|'qdisc fq_codel '*|'qdisc fq '*|'qdisc mq '*|'qdisc pfifo '*) ;;
          *) fail "'$card' is shaped by somebody already, which would be lost: $root" ;;
        esac
        said=$(unshare -n tc qdisc add dev lo root "$@" 2>&1) || fail "it cannot be done by this kernel, or by this user: tc says '$said'. For $1 the kernel needs the module sch_$1, and the user to be root"
        echo "$card"
        """;

    /// <summary>Slows a card. Arguments: the card, a handle, the discipline.</summary>
    public const string Shape = """
        card=$1 handle=$2; shift 2
        tc qdisc add dev "$card" root handle "$handle" "$@"
        """;

    /// <summary>Takes what slows it away, if it is ours. Arguments: the card, the handle.</summary>
    public const string Unshape = """
        case $(tc qdisc show dev "$1" root 2>/dev/null) in *" $2 "*) tc qdisc del dev "$1" root ;; esac
        """;

    /// <summary>Looks for what slows it. Arguments: the card, the handle.</summary>
    public const string IsShaped = """
        case $(tc qdisc show dev "$1" root 2>/dev/null) in *" $2 "*) echo there ;; *) echo "gone somebody else shaped '$1'" ;; esac
        """;
}
