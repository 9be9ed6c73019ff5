using ChaosHarness.Origins;
using ChaosHarness.Systems;

namespace ChaosHarness.Experiments;

/// <summary>What is known of a run when it begins: enough for a record of it when its process does not live to write one.</summary>
internal sealed record OpenRunHeader(
    string RunId,
    string ExperimentId,
    IReadOnlyDictionary<string, string> Parameters,
    string Name,
    IReadOnlyList<string> Labels,
    RunOrigin Origin,
    string Hypothesis,
    string System,
    string Environment,
    string Topology,
    IReadOnlyList<Component> Components,
    DateTimeOffset StartedAt,
    double Speed = 1,
    RunVersions? Versions = null,
    string? PeopleFile = null);
