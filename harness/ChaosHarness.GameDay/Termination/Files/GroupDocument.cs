namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>A group of instances as it is written.</summary>
internal sealed class GroupDocument
{
    public string? Name { get; set; }

    public bool Enabled { get; set; } = true;

    public double? MeanDays { get; set; }

    public int MinimumDays { get; set; } = 1;

    public List<string>? Instances { get; set; }

    public List<string>? InstancesFrom { get; set; }

    public List<string>? Terminate { get; set; }

    public List<string>? Restore { get; set; }

    public bool HealsItself { get; set; }

    public List<string>? Look { get; set; }

    public CheckDocument? Health { get; set; }

    public string? Every { get; set; }

    public string? Rto { get; set; }
}
