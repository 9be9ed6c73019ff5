using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>
/// How a signal recovered from the strike. All bounds hold whatever the system did and in whichever order it answered; what was open when
/// observing ended counts as it stood then.
/// </summary>
public sealed record RecoveryFinding : Finding
{
    private readonly RecoveryMeasurement? _measured;
    private readonly Lazy<WayBack> _wayBack;

    private RecoveryFinding(string signal, RecoveryMeasurement? measured, Lazy<WayBack> wayBack)
        : base(new DeferredFigures(() => RecoveryFigures.Of(signal, measured, wayBack))) => (Signal, _measured, _wayBack) = (signal, measured, wayBack);

    /// <summary>The probe or workload.</summary>
    public string Signal { get; }

    /// <summary>Whether anything has struck: without that nothing is measured.</summary>
    public bool IsMeasured => _measured is not null;

    /// <summary>Whether it was seen to be interrupted.</summary>
    public bool Interrupted => _measured is { Bounds.Interrupted: true };

    /// <summary>Whether it was served after the strike, and stayed so for long enough to count.</summary>
    public bool Recovered => _measured is { Bounds.Recovered: true };

    /// <summary>
    /// RTA: from the strike to the end of the last outage that a bad request met. Where none was seen, at most the longest one that could
    /// have gone unseen. No upper bound when it is not known to have recovered. An objective is judged on the upper bound.
    /// </summary>
    public Bounds Actual => _measured?.Actual ?? new Bounds(TimeSpan.Zero, null);

    /// <summary>When the last bad request was sent, since the start of the run; null when none was seen.</summary>
    public TimeSpan? LastBad => _measured is { Bounds.Interrupted: true } measured ? measured.Bounds.LastBad : null;

    /// <summary>By when it was surely served again, since the start of the run; null when it was not interrupted, or has not recovered.</summary>
    public TimeSpan? ServedFrom => _measured is { Bounds: { Interrupted: true, Recovered: true } bounds } ? bounds.ServedFrom : null;

    /// <summary>How many outages there were at least: more than 1 means that it failed again after it was served.</summary>
    public int Outages => _measured?.Outages ?? 0;

    /// <summary>The longest interruption that could have gone unseen, where none was seen; else null.</summary>
    public TimeSpan? LongestUnseen => _measured?.LongestUnseen;

    /// <summary>The longest interruption that could have gone unseen after it was served again; null where it was not interrupted, or nobody looked any more.</summary>
    public TimeSpan? LongestUnseenLater => _measured?.LongestUnseenLater;

    /// <summary>Narrower bounds, under an assumption; null when there are none, or when what was seen refutes the assumption.</summary>
    public RecoveryEstimate? Estimate => _measured?.Estimate;

    /// <summary>Whether it was surely served again before anything was undone; null when it was not interrupted.</summary>
    public bool? HealedByItself => _wayBack.Value.HealedByItself;

    /// <summary>From the beginning of the first revert to being served again; null when it healed by itself, was not interrupted, or nothing was undone.</summary>
    public Bounds? AfterRevert => _wayBack.Value.AfterRevert;

    /// <summary>Such as <c>1.02s..1.05s</c>, <c>no interruption longer than 12ms</c> or <c>not recovered after 10s</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _measured switch
    {
        null => "nothing has struck",
        { Bounds: { Interrupted: true, Recovered: true } } => Actual.ToString(),
        { Bounds.Interrupted: true } => $"not recovered after {Outward.AtLeast(Actual.Lower)}",
        { LongestUnseen: { } longest } => $"no interruption longer than {Outward.AtMost(longest)}",
        _ => "unknown: too little was seen after the strike",
    };

    internal static RecoveryFinding OfNothing(string signal) => new(signal, null, new Lazy<WayBack>(default(WayBack)));

    /// <param name="signal">The probe or workload.</param>
    /// <param name="atCut">Its requests as they were known at the cut.</param>
    /// <param name="settings">What it is measured by.</param>
    /// <param name="wayBack">When the first revert began; null while none has.</param>
    /// <param name="afterwards">Its requests in the whole run.</param>
    internal static RecoveryFinding Of(string signal, IRequests atCut, RecoverySettings settings, TimeSpan? wayBack, Func<IRequests> afterwards)
    {
        var measured = new RecoveryMeasurement(atCut, settings);
        return new RecoveryFinding(signal, measured, new Lazy<WayBack>(() => WayBack.Of(measured.Bounds, wayBack, settings, afterwards)));
    }
}
