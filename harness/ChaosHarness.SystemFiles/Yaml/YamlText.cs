namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>A single value, as it is written.</summary>
internal sealed record YamlText(Place At, string Value) : YamlNode(At)
{
    public override string Kind => Value.Length == 0 ? "nothing" : $"'{(Value.Length > 60 ? Value[..60] + "..." : Value)}'";
}
