namespace ChaosHarness.Experiments;

/// <summary>How whatever ran experiments ended, a test for example.</summary>
/// <param name="Failed">Whether it failed, for whatever reason.</param>
/// <param name="Message">Why; null when it did not say.</param>
/// <param name="IsError">Whether that was an error rather than something missed.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
public sealed record ScopeEnd(bool Failed, string? Message, bool IsError, int Attempt = 1)
{
    /// <summary>It ended well, at its first attempt.</summary>
    public static ScopeEnd Well { get; } = new(false, null, false);
}
