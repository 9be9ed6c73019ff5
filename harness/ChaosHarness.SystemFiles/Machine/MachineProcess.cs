namespace ChaosHarness.SystemFiles.Machine;

/// <summary>A process of this machine, as it says of itself.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">That of its parent.</param>
/// <param name="Program">The file name of its program.</param>
/// <param name="Arguments">Its command line; empty where it may not be read, or has none.</param>
internal sealed record MachineProcess(int Id, int Parent, string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The systemd unit that it belongs to; null when it belongs to none.</summary>
    public string? Unit { get; init; }

    /// <summary>Its command line as one text.</summary>
    public string CommandLine => string.Join(' ', Arguments);
}
