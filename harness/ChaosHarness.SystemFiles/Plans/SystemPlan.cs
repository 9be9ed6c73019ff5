using ChaosHarness.Expectations;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Plans;

/// <summary>A file whose parts fit together.</summary>
internal sealed record SystemPlan(string Name, string Environment, SystemReach Reach, string Folder)
{
    /// <summary>The engine of its containers; null for the usual one.</summary>
    public Uri? Engine { get; init; }

    /// <summary>The configuration of ssh; null for that of the user.</summary>
    public string? SshConfig { get; init; }

    public required IReadOnlyList<ComponentPlan> Components { get; init; }

    public required IReadOnlyList<LinkPlan> Links { get; init; }

    public required IReadOnlyList<TrafficPlan> Writes { get; init; }

    public required IReadOnlyList<TrafficPlan> Probes { get; init; }

    /// <summary>The writes or the probe that normal is of.</summary>
    public required string SteadySource { get; init; }

    public double Success { get; init; } = 0.99;

    public LatencyObjective? Latency { get; init; }

    public TimeSpan SteadyFor { get; init; } = TimeSpan.FromSeconds(2);

    public Objectives Objectives { get; init; } = Objectives.None;

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(300);

    public int MaximumTargets { get; init; } = 5;

    public double MaximumShare { get; init; } = 0.5;

    /// <summary>Whether the harness has to run proxies of its own.</summary>
    public bool NeedsProxies => Links.Any(link => link.IsEmbedded);
}
