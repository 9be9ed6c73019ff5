namespace ChaosHarness.SystemFiles.Sections;

/// <summary>What kind of place a part runs in.</summary>
internal enum HostReferenceKind
{
    /// <summary>This machine.</summary>
    Local,

    /// <summary>Another machine, by ssh.</summary>
    Ssh,

    /// <summary>The inside of a container.</summary>
    Container,
}
