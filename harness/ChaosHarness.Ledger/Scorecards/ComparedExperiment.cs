using System.Text.Json;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>One experiment on several systems, or on one system in several topologies.</summary>
/// <param name="Name">What it is called on all of them.</param>
/// <param name="Systems">Each of them, by topology, system and environment.</param>
public sealed record ComparedExperiment(string Name, IReadOnlyList<ComparedSystem> Systems)
{
    /// <summary>The experiments that ran in at least two places: of the same name, with the same values of their parameters, whatever test they stand in.</summary>
    /// <param name="cards">The cards of all experiments.</param>
    /// <returns>The experiments, by name.</returns>
    public static IReadOnlyList<ComparedExperiment> Of(IReadOnlyList<ExperimentCard> cards) =>
    [
        .. cards.Where(card => card.Series.IsOfAKnownSystem)
            .GroupBy(card => (card.Name, Values: ValuesOf(card)))
            .Select(same => new ComparedExperiment(
                same.Key.Values.Length == 0 ? same.Key.Name : $"{same.Key.Name} ({same.Key.Values})",
                [
                    .. same.GroupBy(card => (card.Topology, card.System, card.Environment))
                        .Select(place => place.MaxBy(card => card.Runs[^1].StartedAt)!)
                        .Select(ComparedSystem.Of)
                        .OrderBy(system => system.Series.Topology, StringComparer.Ordinal)
                        .ThenBy(system => system.Series.System, StringComparer.Ordinal)
                        .ThenBy(system => system.Series.Environment, StringComparer.Ordinal),
                ]))
            .Where(compared => compared.Systems.Count > 1)
            .OrderBy(compared => compared.Name, StringComparer.OrdinalIgnoreCase),
    ];

    // Tests call their parameters as they like, and a generic experiment has its own words for one.
    private static string ValuesOf(ExperimentCard card)
    {
        using var document = JsonDocument.Parse(card.Series.Parameters);
        return string.Join(", ", document.RootElement.EnumerateObject().Select(member => member.Value.ToString()).Where(value => value != card.Name).Order(StringComparer.Ordinal));
    }
}
