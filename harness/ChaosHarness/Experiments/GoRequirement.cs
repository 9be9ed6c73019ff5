namespace ChaosHarness.Experiments;

/// <summary>That a person gives the go before anything is broken.</summary>
/// <param name="Within">How long that is waited for; then the run is Inconclusive.</param>
public sealed record GoRequirement(TimeSpan Within)
{
    /// <summary>Who gave it before the run began, for drills that nobody attends; null when it is asked for.</summary>
    public string? GivenBy { get; init; }
}
