using ChaosHarness.Histories;

namespace ChaosHarness.Probes;

/// <summary>One request of an open loop. All times are since the start of the run.</summary>
/// <param name="Number">Its number in the schedule, from 0.</param>
/// <param name="Due">When it was to be sent.</param>
/// <param name="Sent">When it was sent; never before it was due.</param>
/// <param name="Completed">When the answer or failure was known.</param>
/// <param name="Verdict">Good or why not.</param>
/// <param name="Detail">What was seen, in a few words; null when good.</param>
public readonly record struct Observation(long Number, TimeSpan Due, TimeSpan Sent, TimeSpan Completed, OperationVerdict Verdict, string? Detail = null)
{
    /// <summary>Whether it was good.</summary>
    public bool IsGood => Verdict == OperationVerdict.Good;

    /// <summary>Latency from the due time, so that a stalled system cannot hide behind requests sent late.</summary>
    public TimeSpan Latency => Completed - Due;

    // What was never answered was bad up to the end.
    internal static Observation Of(Operation operation, TimeSpan until) => operation.Completed is { } completed
        ? new(operation.Number, operation.Due, operation.Invoked ?? completed, completed, operation.Verdict, operation.Detail)
        : new(operation.Number, operation.Due, operation.Invoked ?? until, until, OperationVerdict.Error, "no answer");
}
