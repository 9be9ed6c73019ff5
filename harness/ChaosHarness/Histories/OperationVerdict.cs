namespace ChaosHarness.Histories;

/// <summary>What one operation says of the signal. Everything but <see cref="Good"/> is bad.</summary>
public enum OperationVerdict
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
