namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>What is never hit, as it is written.</summary>
internal sealed class ExceptDocument
{
    public List<string>? Groups { get; set; }

    public List<string>? Instances { get; set; }
}
