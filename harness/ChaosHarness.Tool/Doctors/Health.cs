namespace ChaosHarness.Tool.Doctors;

/// <summary>How a thing is that the harness needs or can use.</summary>
internal enum Health
{
    /// <summary>It is there.</summary>
    Well,

    /// <summary>It is not there, and something cannot be done without it; everything else can.</summary>
    Lacking,

    /// <summary>No experiment runs as it is.</summary>
    Ill,
}
