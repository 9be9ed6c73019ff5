namespace ChaosHarness.Systems;

/// <summary>Something that can do things to a component of the system under test.</summary>
public interface IComponent
{
    /// <summary>What it is.</summary>
    Component Component { get; }
}
