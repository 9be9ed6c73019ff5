using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;

namespace ChaosHarness.Containers.Faults;

/// <summary>How a container was connected to a network.</summary>
/// <param name="Name">The name of the network.</param>
/// <param name="Id">Its id.</param>
/// <param name="Address">The address that it had there.</param>
/// <param name="Aliases">The names by which it was found there, beside its own.</param>
internal sealed record CutNetwork(string Name, string Id, string Address, IReadOnlyList<string> Aliases)
{
    private static readonly string[] Unconnected = ["none", "host"];

    /// <summary>The networks that a container is connected to.</summary>
    public static IReadOnlyList<CutNetwork> Of(FoundContainer container) =>
    [
        .. container.Networks
            .Where(network => !Unconnected.Contains(network.Key))
            .OrderBy(network => network.Key, StringComparer.Ordinal)
            // The engine adds a part of the id by itself.
            .Select(network => new CutNetwork(network.Key, network.Value.NetworkID, network.Value.IPAddress ?? "", [.. (network.Value.Aliases ?? []).Where(alias => !container.Id.StartsWith(alias, StringComparison.Ordinal))])),
    ];

    public static IEnumerable<KeyValuePair<string, string>> Parameters(IReadOnlyList<CutNetwork> networks) => networks.Index().SelectMany(entry => new KeyValuePair<string, string>[]
    {
        new(Parameter("network", entry.Index), entry.Item.Name),
        new(Parameter("networkId", entry.Index), entry.Item.Id),
        new(Parameter("address", entry.Index), entry.Item.Address),
        new(Parameter("aliases", entry.Index), string.Join(' ', entry.Item.Aliases)),
    });

    public static IReadOnlyList<CutNetwork> Of(RevertRecipe recipe)
    {
        var networks = new List<CutNetwork>();
        while (recipe.Parameters.TryGetValue(Parameter("networkId", networks.Count), out var id))
        {
            var index = networks.Count;
            networks.Add(new CutNetwork(
                recipe.Parameters[Parameter("network", index)],
                id,
                recipe.Parameters[Parameter("address", index)],
                recipe.Parameters[Parameter("aliases", index)].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        }

        return networks;
    }

    private static string Parameter(string name, int index) => name + index.ToString(CultureInfo.InvariantCulture);
}
