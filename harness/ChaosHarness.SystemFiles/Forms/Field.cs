using System.Diagnostics.CodeAnalysis;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>A name that may stand in a section.</summary>
/// <param name="name">The name.</param>
/// <param name="says">What its value says, for people and their editors.</param>
internal abstract class Field(string name, string says)
{
    public string Name => name;

    public string Says => says;

    public bool IsRequired { get; init; }

    public abstract Form Form { get; }

    public abstract bool TryRead(YamlNode node, Reading reading, [NotNullWhen(true)] out object? value);
}
