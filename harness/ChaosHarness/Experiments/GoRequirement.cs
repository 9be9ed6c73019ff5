namespace ChaosHarness.Experiments;

/// <summary>That a person gives the go before anything is broken.</summary>
/// <param name="Within">How long that is waited for; then the run is Inconclusive.</param>
public sealed record GoRequirement(TimeSpan Within)
{
    /// <summary>The variable of the environment that says who gave it before the tests began, where a profile asks for it.</summary>
    public const string Variable = "CHAOSHARNESS_GO_BY";

    /// <summary>Who gave it before the run began, for drills that nobody attends; null when it is asked for.</summary>
    /// <exception cref="ArgumentException">The name is blank: a go is somebody's.</exception>
    public string? GivenBy
    {
        get;
        init => field = value is null || !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException("Say who gave the go: the name is blank.", nameof(value));
    }
}
