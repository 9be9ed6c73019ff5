using System.Net;
using ChaosHarness.Containers.Engines;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Something that runs here and serves.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Kind">What it seems to be.</param>
internal sealed record FoundComponent(string Name, ComponentKind Kind)
{
    /// <summary>Its process; null for a container.</summary>
    public MachineProcess? Process { get; init; }

    /// <summary>Its container; null for a process.</summary>
    public RunningContainer? Container { get; init; }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<IPEndPoint> Listens { get; init; } = [];

    /// <summary>Whether no other process runs the same program.</summary>
    public bool IsOnlyOne { get; init; }
}
