namespace ChaosHarness.Workloads;

/// <summary>What became of a write, as far as the client can tell.</summary>
/// <param name="Acknowledged">Whether the system promised that the write is safe.</param>
/// <param name="AcknowledgedBy">The node that promised it, if the system says; needed to find diverged writes.</param>
/// <param name="Detail">Why it was not acknowledged, in a few words.</param>
public readonly record struct WriteOutcome(bool Acknowledged, string? AcknowledgedBy = null, string? Detail = null)
{
    /// <summary>The system acknowledged the write.</summary>
    /// <param name="by">The node that did, if known.</param>
    /// <returns>The outcome.</returns>
    public static WriteOutcome Ack(string? by = null) => new(true, by);

    /// <summary>The system refused the write or gave no answer; it may still have happened.</summary>
    /// <param name="detail">Why, in a few words.</param>
    /// <returns>The outcome.</returns>
    public static WriteOutcome Refused(string detail) => new(false, null, detail);
}
