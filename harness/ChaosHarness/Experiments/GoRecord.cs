namespace ChaosHarness.Experiments;

/// <summary>Who let a system be broken.</summary>
/// <param name="By">Who gave the go.</param>
/// <param name="Role">In which role; null when nobody said.</param>
/// <param name="Text">What they said; null for nothing.</param>
/// <param name="Asked">When the run asked for it, since its start.</param>
/// <param name="Given">When it was given; the same when it was given in advance.</param>
public sealed record GoRecord(string By, string? Role, string? Text, TimeSpan Asked, TimeSpan Given)
{
    /// <summary>The hash of the plan that they were shown, as their act named it; null when it named none, or the go was given in advance.</summary>
    public string? Plan { get; init; }
}
