using System.Globalization;
using System.Net;
using ChaosHarness.Containers.Engines;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Finds what listens on this machine and what is connected to it, by reading alone: nobody is asked, and nothing is changed.</summary>
internal static class MachineDiscovery
{
    // What carries the machine is not the system that runs on it.
    private static readonly HashSet<string> Carriers = new(StringComparer.Ordinal) { "sshd", "systemd", "systemd-resolved", "dockerd", "docker-proxy", "containerd", "cupsd", "dnsmasq", "chronyd", "rpcbind" };

    private static readonly Dictionary<string, ComponentKind> Known = new(StringComparer.Ordinal)
    {
        ["postgres"] = ComponentKind.Database, ["mariadbd"] = ComponentKind.Database, ["mysqld"] = ComponentKind.Database, ["mongod"] = ComponentKind.Database, ["sqlservr"] = ComponentKind.Database, ["etcd"] = ComponentKind.Database,
        ["redis-server"] = ComponentKind.Cache, ["memcached"] = ComponentKind.Cache, ["valkey-server"] = ComponentKind.Cache,
        ["haproxy"] = ComponentKind.LoadBalancer, ["nginx"] = ComponentKind.LoadBalancer, ["envoy"] = ComponentKind.LoadBalancer, ["traefik"] = ComponentKind.LoadBalancer, ["caddy"] = ComponentKind.LoadBalancer, ["varnishd"] = ComponentKind.LoadBalancer,
        ["patroni"] = ComponentKind.Control, ["redis-sentinel"] = ComponentKind.Control,
    };

    /// <summary>Looks.</summary>
    /// <param name="containers">The containers that run here.</param>
    /// <param name="unseen">Why they are not known; null when they are.</param>
    public static FoundSystem Look(IReadOnlyList<RunningContainer> containers, string? unseen)
    {
        var processes = new ProcessTable().Read();
        var own = ProcessTable.Lineage(processes, Environment.ProcessId);
        var sockets = new SocketTable().Read(out var isCut);
        var owners = SocketOwners.Read(processes.Keys);
        var listeners = sockets.Where(socket => socket.IsListening).ToList();
        // A worker listens on what the process that started it opened.
        var roots = listeners.Select(socket => OwnerOf(socket, owners, processes)).OfType<MachineProcess>().Where(process => !own.Contains(process.Id) && !Carriers.Contains(process.Program)).DistinctBy(process => process.Id).OrderBy(process => process.Id).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var components = roots.Select(process => new FoundComponent(Unique(Title(process), names), Known.GetValueOrDefault(process.Program, ComponentKind.Service))
        {
            Process = process,
            Listens = [.. listeners.Where(socket => OwnerOf(socket, owners, processes)?.Id == process.Id).Select(socket => socket.Local).Distinct().OrderBy(local => local.Port)],
            IsOnlyOne = processes.Values.Count(other => other.Program == process.Program && processes.GetValueOrDefault(other.Parent)?.Program != process.Program) == 1,
        }).ToList();
        components.AddRange(containers.Select(container => new FoundComponent(Unique(container.Service ?? container.Name, names), KindOf(container)) { Container = container }));
        return new FoundSystem
        {
            Components = components,
            Connections = Connections(sockets, components, owners, processes),
            Unseen =
            [
                .. isCut ? [string.Create(CultureInfo.InvariantCulture, $"There are more than {SocketTable.Most} sockets; those beyond were not looked at.")] : Array.Empty<string>(),
                .. owners.Unreadable > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{owners.Unreadable} processes of other users do not let {Environment.UserName} see their sockets; as root more is found.")] : Array.Empty<string>(),
                .. unseen is null ? Array.Empty<string>() : [unseen],
            ],
        };
    }

    private static List<FoundConnection> Connections(IReadOnlyList<SocketEntry> sockets, List<FoundComponent> components, SocketOwners owners, IReadOnlyDictionary<int, MachineProcess> processes)
    {
        var byPort = components.SelectMany(component => component.Listens.Select(listens => (listens.Port, Component: component)).Concat((component.Container?.Ports ?? []).Select(port => (Port: port, Component: component)))).ToLookup(pair => pair.Port, pair => pair.Component);
        var found = new List<FoundConnection>();
        foreach (var socket in sockets.Where(socket => !socket.IsListening && IsHere(socket)))
        {
            var from = OwnerOf(socket, owners, processes) is { } process ? components.Find(component => component.Process is { } known && IsOrIsBelow(process, known, processes)) : null;
            // The side that has the port that somebody listens on is the one that was connected to.
            if (from is not null && byPort[socket.Remote.Port].FirstOrDefault(to => to != from) is { } to && !from.Listens.Any(listens => listens.Port == socket.Local.Port))
            {
                found.Add(new FoundConnection(from.Name, to.Name, socket.Remote));
            }
        }

        return [.. found.DistinctBy(connection => (connection.From, connection.To, connection.At.Port))];
    }

    private static bool IsHere(SocketEntry socket) => IPAddress.IsLoopback(socket.Remote.Address) || socket.Remote.Address.Equals(socket.Local.Address);

    private static bool IsOrIsBelow(MachineProcess? process, MachineProcess root, IReadOnlyDictionary<int, MachineProcess> processes)
    {
        for (var depth = 0; process is not null && depth < 32; depth++)
        {
            if (process.Id == root.Id)
            {
                return true;
            }

            process = processes.GetValueOrDefault(process.Parent);
        }

        return false;
    }

    private static MachineProcess? OwnerOf(SocketEntry socket, SocketOwners owners, IReadOnlyDictionary<int, MachineProcess> processes)
    {
        var process = owners.ByInode.TryGetValue(socket.Inode, out var id) ? processes.GetValueOrDefault(id) : null;
        while (process is not null && processes.GetValueOrDefault(process.Parent) is { } parent && IsSame(parent, process))
        {
            process = parent;
        }

        return process;
    }

    // What is run by the same program need not be the same: a service in .NET that another program in .NET started is its own.
    private static bool IsSame(MachineProcess parent, MachineProcess process) =>
        parent.Program == process.Program && (!RunsOthers(process.Program) || parent.Arguments.SequenceEqual(process.Arguments));

    private static bool RunsOthers(string program) => program is "dotnet" or "java" or "node" or "python" or "python3" or "ruby" or "php" || program.StartsWith("python3.", StringComparison.Ordinal);

    private static ComponentKind KindOf(RunningContainer container)
    {
        var image = container.Image.Split('/')[^1].Split(':', '@')[0];
        return Known.GetValueOrDefault(image, image switch { "redis" or "valkey" => ComponentKind.Cache, "mysql" or "mariadb" or "mongo" or "postgresql" => ComponentKind.Database, _ => ComponentKind.Service });
    }

    // A program that many programs are run by says less than what it runs.
    private static string Title(MachineProcess process)
    {
        var unit = process.Unit is { } name && name.EndsWith(".service", StringComparison.Ordinal) ? name[..^".service".Length] : null;
        var script = RunsOthers(process.Program)
            ? process.Arguments.Skip(1).FirstOrDefault(argument => !argument.StartsWith('-') && argument.Contains('.', StringComparison.Ordinal))
            : null;
        var title = unit ?? (script is null ? process.Program : Path.GetFileNameWithoutExtension(script));
        var plain = string.Concat(title.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')).Trim('-', '.');
        return plain.Length is > 0 and <= 80 ? plain.ToLowerInvariant() : "process";
    }

    private static string Unique(string name, HashSet<string> names)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return unique;
    }
}
