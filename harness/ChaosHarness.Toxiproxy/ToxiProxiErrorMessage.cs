namespace ChaosHarness.Toxiproxy;

/// <summary>What a server says of an error.</summary>
public sealed class ToxiProxiErrorMessage
{
    /// <summary>The message.</summary>
    public string? Error { get; set; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; set; }
}
