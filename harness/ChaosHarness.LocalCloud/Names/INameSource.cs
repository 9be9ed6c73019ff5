namespace ChaosHarness.LocalCloud.Names;

/// <summary>Names that lead somewhere, beside those of the cloud's own endpoints.</summary>
internal interface INameSource
{
    /// <summary>Whether a name would be one of these.</summary>
    bool Holds(string name);

    /// <summary>Where a name leads right now, which may be to another name.</summary>
    /// <param name="name">The name, without a dot at its end.</param>
    /// <param name="isKnown">Whether there is such a name.</param>
    /// <returns>Where it leads; null for nowhere.</returns>
    NameTarget? Find(string name, out bool isKnown);
}
