namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>A list.</summary>
internal sealed record YamlList(Place At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    public override string Kind => "a list";
}
