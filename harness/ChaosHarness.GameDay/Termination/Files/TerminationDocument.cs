namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>A file of random termination as it is written.</summary>
internal sealed class TerminationDocument
{
    public bool Enabled { get; set; } = true;

    public bool Leashed { get; set; } = true;

    public string? Environment { get; set; }

    public string? ProductionPermission { get; set; }

    public long Seed { get; set; }

    public string? Hours { get; set; }

    public string? Freezes { get; set; }

    public CheckDocument? Outage { get; set; }

    public ExceptDocument? Except { get; set; }

    public List<GroupDocument>? Groups { get; set; }
}
