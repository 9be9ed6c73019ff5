
namespace ChaosHarness.Histories;

/// <summary>One request of a probe or a workload. All times are since the start of the run.</summary>
/// <param name="Number">Its number in its source, from 0.</param>
/// <param name="Due">When it was to be sent.</param>
/// <param name="Invoked">When it was sent; null while nobody has begun it.</param>
/// <param name="Completed">When the answer or failure was known; null while it is open.</param>
/// <param name="Verdict">Good or why not; means nothing while it is open.</param>
/// <param name="Detail">What was seen, in a few words; null when good.</param>
/// <param name="Node">Who answered, if known.</param>
/// <param name="Id">What the system calls what was written, where its answer said so.</param>
/// <param name="Value">The number that came back, if one did.</param>
/// <param name="Copies">How often the system holds what was written, as found when it was read back; null before that.</param>
public readonly record struct Operation(
    long Number,
    TimeSpan Due,
    TimeSpan? Invoked,
    TimeSpan? Completed,
    OperationVerdict Verdict,
    string? Detail = null,
    string? Node = null,
    StoredId? Id = null,
    double? Value = null,
    int? Copies = null)
{
    /// <summary>Whether it was answered well.</summary>
    public bool IsGood => Completed is not null && Verdict == OperationVerdict.Good;

    /// <summary>Whether nothing has come back yet.</summary>
    public bool IsOpen => Completed is null;

    /// <summary>Latency from the due time, so that a stalled system cannot hide behind requests sent late; null while it is open.</summary>
    public TimeSpan? Latency => Completed - Due;
}
