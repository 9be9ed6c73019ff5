namespace ChaosHarness.Probes;

/// <summary>What one observation says of the signal. Everything but <see cref="Good"/> is bad.</summary>
public enum ObservationVerdict
{
    /// <summary>It succeeded within the slow threshold.</summary>
    Good,

    /// <summary>It failed or timed out.</summary>
    Error,

    /// <summary>It succeeded, later than the slow threshold allows.</summary>
    Slow,

    /// <summary>It was due and could not be sent: too many others were still under way.</summary>
    NotSent,
}
