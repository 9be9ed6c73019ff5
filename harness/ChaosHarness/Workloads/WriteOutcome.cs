using ChaosHarness.Histories;

namespace ChaosHarness.Workloads;

/// <summary>What became of a write, as far as the client can tell.</summary>
/// <param name="Acknowledged">Whether the system promised that the write is safe.</param>
/// <param name="AcknowledgedBy">The node that promised it, if the system says; needed to find diverged writes.</param>
/// <param name="Detail">Why it was not acknowledged, in a few words.</param>
public readonly record struct WriteOutcome(bool Acknowledged, string? AcknowledgedBy = null, string? Detail = null)
{
    /// <summary>What the system calls the write, where it gives the ids; null where the write has the id that the workload gave it.</summary>
    public StoredId? StoredAs { get; init; }

    /// <summary>The number that came with the answer, such as the version written.</summary>
    public double? Value { get; init; }

    /// <summary>The system acknowledged the write.</summary>
    /// <param name="by">The node that did, if known.</param>
    /// <param name="storedAs">What the system calls it, where it gives the ids: a whole number, a GUID or a text.</param>
    /// <param name="value">The number that came with the answer, if one did.</param>
    /// <returns>The outcome.</returns>
    public static WriteOutcome Ack(string? by = null, StoredId? storedAs = null, double? value = null) => new(true, by) { StoredAs = storedAs, Value = value };

    /// <summary>The system refused the write or gave no answer; it may still have happened.</summary>
    /// <param name="detail">Why, in a few words.</param>
    /// <returns>The outcome.</returns>
    public static WriteOutcome Refused(string detail) => new(false, null, detail);
}
