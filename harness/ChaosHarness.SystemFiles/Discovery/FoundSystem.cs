namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>What runs on a machine.</summary>
internal sealed record FoundSystem
{
    public required IReadOnlyList<FoundComponent> Components { get; init; }

    public required IReadOnlyList<FoundConnection> Connections { get; init; }

    /// <summary>What could not be seen, a sentence each.</summary>
    public required IReadOnlyList<string> Unseen { get; init; }

    /// <summary>What serves some ports, with all that it is connected to, and so on.</summary>
    public FoundSystem Behind(IReadOnlyList<int> ports)
    {
        var wanted = Components.Where(component => component.Listens.Any(listens => ports.Contains(listens.Port)) || component.Container?.Ports.Any(ports.Contains) == true).Select(component => component.Name).ToHashSet(StringComparer.Ordinal);
        for (var before = -1; before != wanted.Count;)
        {
            before = wanted.Count;
            wanted.UnionWith(Connections.Where(connection => wanted.Contains(connection.From)).Select(connection => connection.To).ToList());
        }

        return this with
        {
            Components = [.. Components.Where(component => wanted.Contains(component.Name))],
            Connections = [.. Connections.Where(connection => wanted.Contains(connection.From))],
        };
    }
}
