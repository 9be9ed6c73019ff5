namespace ChaosHarness.Histories;

/// <summary>What is known of a probe or a workload before its first request.</summary>
/// <param name="Name">What it is called in records; unique within an experiment.</param>
/// <param name="Timeout">A request not answered this long after it was sent is an error. At most 5 minutes.</param>
/// <param name="SlowThreshold">A good answer that took longer than this from its due time is slow, which is bad; null when none is too slow.</param>
public sealed record SourceSettings(string Name, TimeSpan Timeout, TimeSpan? SlowThreshold = null)
{
    /// <summary>The longest time-out: times in a history are kept as short offsets.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The id that its first write is given: write k gets this plus k, unless its acknowledgement brings another. Null where nothing is written, or nobody gives ids.</summary>
    /// <value>Default: null.</value>
    public long? FirstId { get; init; }

    /// <summary>Time between requests.</summary>
    /// <value>Default: zero, not known.</value>
    public TimeSpan Interval { get; init; }

    /// <summary>Whether its requests are writes, of which an acknowledgement is a promise.</summary>
    /// <value>Default: false.</value>
    public bool IsWorkload { get; init; }

    /// <summary>The longest that a request may take and still be good.</summary>
    public TimeSpan Limit => SlowThreshold is { } slow && slow < Timeout ? slow : Timeout;
}
