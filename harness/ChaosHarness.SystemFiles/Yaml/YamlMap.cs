namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>Names with values.</summary>
internal sealed record YamlMap(Place At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    public override string Kind => "names with values";
}
