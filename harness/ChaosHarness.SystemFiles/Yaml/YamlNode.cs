namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>A part of a file, and where it stands.</summary>
internal abstract record YamlNode(Place At)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Kind { get; }
}
