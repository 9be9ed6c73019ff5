using System.Collections.Concurrent;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>The names of a cloud, and where each leads right now. Upper and lower case are the same.</summary>
/// <param name="suffix">What the names of its endpoints end with, such as <c>cloud.test</c>.</param>
internal sealed class NameZone(string suffix)
{
    private readonly ConcurrentDictionary<string, Func<NameRecord?>> _names = new(StringComparer.OrdinalIgnoreCase);

    public string Suffix => suffix;

    /// <summary>The names that its users have made.</summary>
    public INameSource? Hosted { get; set; }

    /// <summary>Adds a name.</summary>
    /// <param name="name">Such as <c>orders.0a1b2c3d.us-east-1.rds.test</c>.</param>
    /// <param name="leads">Asked each time: where it leads; null for nowhere at present.</param>
    public void Add(string name, Func<NameRecord?> leads) => _names[name] = leads;

    /// <summary>Whether a name would be of this zone.</summary>
    public bool Holds(string name) =>
        name.Equals(suffix, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase) || Hosted?.Holds(name) is true;

    public void Remove(string name) => _names.TryRemove(name, out _);

    /// <summary>Where a name leads.</summary>
    /// <param name="name">The name, without a dot at its end.</param>
    /// <param name="isKnown">Whether there is such a name.</param>
    /// <returns>Where it leads; null for nowhere.</returns>
    public NameTarget? Find(string name, out bool isKnown)
    {
        isKnown = _names.TryGetValue(name, out var leads);
        return isKnown ? leads!.Invoke() is { } record ? new NameTarget(record.Address, null, record.TimeToLive) : null : Hosted?.Find(name, out isKnown);
    }
}
