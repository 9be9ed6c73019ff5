using System.Reflection;

namespace ChaosHarness.Aws.Wire;

/// <summary>One member of a shape: its property, and how it travels.</summary>
internal sealed class WireMember(PropertyInfo property, WireAttribute wire)
{
    public string Name => wire.Name;

    public WireAttribute Wire => wire;

    public Type Type => property.PropertyType;

    public object? Get(object owner) => property.GetValue(owner);

    public void Set(object owner, object? value) => property.SetValue(owner, value);
}
