namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>A name with its value.</summary>
internal sealed record YamlEntry(YamlText Name, YamlNode Value);
