namespace ChaosHarness.Aws.Wire;

/// <summary>Where in a shape a value is.</summary>
/// <param name="Plain">As people write it: <c>targets.web.selectionMode</c>; null at the beginning.</param>
/// <param name="Said">As AWS says it, with a word more for each entry: <c>targets.web.member.selectionMode</c>.</param>
internal readonly record struct WirePath(string? Plain, string? Said)
{
    public WirePath Member(string name) => new(Join(Plain, name), Join(Said, name));

    public WirePath Entry(string key) => new(Join(Plain, key), Join(Said, key) + ".member");

    private static string Join(string? path, string name) => path is null ? name : $"{path}.{name}";
}
