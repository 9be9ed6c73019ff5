namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>A check as it is written: of an address, or by a program.</summary>
internal sealed class CheckDocument
{
    public string? Url { get; set; }

    public List<int>? Status { get; set; }

    public List<string>? Command { get; set; }

    public string? Timeout { get; set; }
}
