namespace ChaosHarness.Systems;

/// <summary>A part of the system under test that can fail on its own.</summary>
/// <param name="Name">Unique within the system.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Zone">The zone that it runs in; null when it belongs to none.</param>
public sealed record Component(string Name, ComponentKind Kind, string? Zone = null)
{
    /// <summary>Which version of it runs, where that is another than the system's; null when nobody says.</summary>
    public string? Version { get; init; }
}
