namespace ChaosHarness.Histories;

/// <summary>What is known of a probe or a workload before its first request.</summary>
/// <param name="Name">What it is called in records; unique within an experiment.</param>
/// <param name="Timeout">A request not answered this long after it was sent is an error. At most 5 minutes.</param>
/// <param name="SlowThreshold">A good answer that took longer than this from its due time is slow, which is bad; null when none is too slow.</param>
public sealed record SourceSettings(string Name, TimeSpan Timeout, TimeSpan? SlowThreshold = null)
{
    /// <summary>The longest time-out: times in a history are kept as short offsets.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The id of its first write, where ids are given by the workload: write k has this plus k. Null where the system gives them, or nothing is written.</summary>
    /// <value>Default: null.</value>
    public long? FirstId { get; init; }

    /// <summary>Time between requests.</summary>
    /// <value>Default: zero, not known.</value>
    public TimeSpan Interval { get; init; }

    /// <summary>Whether its requests are writes, of which an acknowledgement is a promise.</summary>
    /// <value>Default: false.</value>
    public bool IsWorkload { get; init; }

    /// <summary>What the client calls its writes, by their numbers.</summary>
    /// <value>Default: null, not known; where acknowledgements bring ids, the system assigns them.</value>
    public Func<long, StoredId>? IdOf { get; init; }

    /// <summary>The longest that a request may take and still be good.</summary>
    public TimeSpan Limit => SlowThreshold is { } slow && slow < Timeout ? slow : Timeout;
}
